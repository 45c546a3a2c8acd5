package dev.mitosis.internal;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/// Work with the channel of a file whatever interrupts the thread, which would close it.
///
/// It may be an item that was cancelled, and wants to leave what it shares as it should be.
public final class Uninterrupted {
    private Uninterrupted() {}

    /// The work, from its beginning: it opens the channel itself, and may be done several times.
    ///
    /// @param <R> the type of what comes of it
    @FunctionalInterface
    public interface Work<R> {
        /// Does it.
        ///
        /// @return what comes of it
        /// @throws IOException if it cannot be done
        R run() throws IOException;
    }

    /// Does it until no interrupt comes in between; the thread stays interrupted.
    ///
    /// @param <R> the type of what comes of it
    /// @param work the work
    /// @return what comes of it
    /// @throws IOException if it cannot be done
    public static <R> R run(Work<R> work) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return work.run();
                } catch (ClosedByInterruptException e) {
                    interrupted = Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
