package dev.mitosis.internal.supervise;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file that is kept open so that it can be closed when no other can be opened.
///
/// The JDK looks a process up among the files of `/proc` before it kills it, and where too many
/// files are open it kills nobody and does not say so.
final class Reserve implements AutoCloseable {
    private static final Path NOTHING = Path.of(File.separatorChar == '\\' ? "NUL" : "/dev/null");

    // guarded by this
    private @Nullable FileChannel held;
    private boolean closed;

    Reserve() {
        hold();
    }

    /// Does something for which one file more can be opened, unless somebody else is quicker.
    synchronized void lend(Runnable work) {
        release();
        try {
            work.run();
        } finally {
            hold();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        release();
    }

    private synchronized void hold() {
        try {
            held = closed ? null : FileChannel.open(NOTHING);
        } catch (IOException e) {
            held = null; // the next one to be lent fails as it would have without
        }
    }

    private void release() {
        try (var _ = held) {
            held = null;
        } catch (IOException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.DEBUG, "nothing", e);
        }
    }
}
