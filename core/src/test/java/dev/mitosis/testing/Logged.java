package dev.mitosis.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What the library logs while this is open, on any level.
public final class Logged extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("dev.mitosis");
    private final Level before = logger.getLevel();
    private final boolean passedOn = logger.getUseParentHandlers();
    private final List<LogRecord> entries = new CopyOnWriteArrayList<>();

    private Logged() {}

    /// {@return a new recorder, which is the only one to get what is logged}
    public static Logged here() {
        var logged = new Logged();
        logged.logger.setLevel(Level.ALL);
        logged.logger.setUseParentHandlers(false);
        logged.logger.addHandler(logged);
        return logged;
    }

    /// Returns what was logged until now.
    ///
    /// @param level on which level; `DEBUG` of the JDK's own loggers is `FINE` here
    /// @return the messages
    public List<String> messages(Level level) {
        return entries.stream().filter(entry -> entry.getLevel().equals(level)).map(LogRecord::getMessage).toList();
    }

    @Override
    public void publish(LogRecord entry) {
        entries.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(passedOn);
        logger.setLevel(before);
    }
}
