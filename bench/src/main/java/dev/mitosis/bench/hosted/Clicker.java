package dev.mitosis.bench.hosted;

import java.util.concurrent.atomic.AtomicLong;

/// A trivial object to be called from another process.
interface Clicker {
    /// {@return how often this was called}
    long click();

    /// One.
    final class Counted implements Clicker {
        private final AtomicLong clicks = new AtomicLong();

        @Override
        public long click() {
            return clicks.incrementAndGet();
        }

        long clicks() {
            return clicks.get();
        }
    }
}
