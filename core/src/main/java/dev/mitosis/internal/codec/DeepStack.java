package dev.mitosis.internal.codec;

import org.jspecify.annotations.Nullable;

/// A second attempt at what overflowed the stack: on a thread of its own with a very large stack.
///
/// Serialization recurses once for each link of a list or tree. The thread ends with the attempt.
final class DeepStack {
    /// Reserved, not used: memory is taken as far as the recursion goes.
    private static final long SIZE = 256L << 20;

    private DeepStack() {}

    /// A piece of work that may throw anything.
    ///
    /// @param <T> what it makes
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        /// Does it.
        @Nullable T call() throws Throwable;
    }

    /// Runs a piece of work on a large stack and waits for it; an interrupt is kept for later.
    ///
    /// @param <T> what it makes
    /// @param work the work, bounded by the size of a value
    /// @return what it made
    /// @throws Throwable whatever it threw
    static <T extends @Nullable Object> T call(Work<T> work) throws Throwable {
        var attempt = new Attempt<T>(work);
        var thread = new Thread(null, attempt, "mitosis-deep-value", SIZE);
        thread.setDaemon(true);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        start(thread);
        join(thread);
        return attempt.outcome();
    }

    private static void start(Thread thread) {
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            var overflow = new StackOverflowError("no memory for a thread with a larger stack");
            overflow.initCause(e);
            throw overflow;
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Attempt<T extends @Nullable Object> implements Runnable {
        private final Work<T> work;

        // written by the deep thread, read after its end
        private @Nullable T result;
        private @Nullable Throwable failure;

        Attempt(Work<T> work) {
            this.work = work;
        }

        @Override
        @SuppressWarnings("CatchingUnchecked") // handed to the waiting thread
        public void run() {
            try {
                result = work.call();
            } catch (Throwable e) {
                failure = e;
            }
        }

        @SuppressWarnings("NullAway") // a null result is the work's own
        T outcome() throws Throwable {
            if (failure != null) {
                throw failure;
            }
            return result;
        }
    }
}
