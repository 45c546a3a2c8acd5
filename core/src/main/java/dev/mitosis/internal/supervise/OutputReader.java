package dev.mitosis.internal.supervise;

import dev.mitosis.internal.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/// Reads what a worker prints, line by line, always, so that the worker never blocks on it.
///
/// A platform thread: a read from a process's pipe would hold the carrier of a virtual one.
final class OutputReader {
    private static final int LINES = 20;
    private static final int LONGEST = 1_000;

    private final int seat;
    private final boolean error;
    private final InputStream stream;
    private final GuardedOutput output;
    private final Thread thread;

    // guarded by itself: the last lines
    private final ArrayDeque<String> last = new ArrayDeque<>();

    OutputReader(int seat, boolean error, InputStream stream, GuardedOutput output) {
        this.seat = seat;
        this.error = error;
        this.stream = stream;
        this.output = output;
        thread = Thread.ofPlatform().daemon()
                .name("mitosis-" + (error ? "stderr-" : "stdout-") + seat).start(this::run);
    }

    /// Waits until all has been read: the process has ended, and whoever inherited its output.
    ///
    /// @return whether it has before the deadline
    boolean awaitEnd(Deadline deadline) {
        try {
            return thread.join(Duration.ofNanos(Math.max(1, deadline.left())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// {@return the last lines of what was read}
    List<String> lastLines() {
        synchronized (last) {
            return List.copyOf(last);
        }
    }

    private void run() {
        try (var lines = new LineReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line; (line = lines.next()) != null; ) {
                keep(line);
                output.line(seat, error, line);
            }
        } catch (IOException e) {
            keep("(the output could not be read any further: " + e.getMessage() + ")");
        }
    }

    private void keep(String line) {
        synchronized (last) {
            last.addLast(line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line);
            if (last.size() > LINES) {
                last.removeFirst();
            }
        }
    }
}
