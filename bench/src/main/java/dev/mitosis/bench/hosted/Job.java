package dev.mitosis.bench.hosted;

import dev.mitosis.share.SharedCounter;
import dev.mitosis.share.SharedLock;
import dev.mitosis.share.SharedLongs;
import java.io.Serializable;
import java.util.concurrent.BlockingQueue;

/// What one worker does in one repetition.
sealed interface Job extends Serializable {
    /// Does it.
    ///
    /// @throws InterruptedException if it is interrupted
    void run() throws InterruptedException;

    /// Takes and releases a lock.
    record Locking(SharedLock lock, SharedLongs number, int times) implements Job {
        @Override
        public void run() {
            for (int i = 0; i < times; i++) {
                lock.lock();
                try {
                    number.set(0, number.get(0) + 1);
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    /// Puts numbers into a queue.
    record Producing(BlockingQueue<Integer> queue, int times) implements Job {
        @Override
        public void run() throws InterruptedException {
            for (int i = 0; i < times; i++) {
                queue.put(i);
            }
        }
    }

    /// Takes numbers out of a queue, and notes their sum.
    record Consuming(BlockingQueue<Integer> queue, SharedLongs sum, int times) implements Job {
        @Override
        public void run() throws InterruptedException {
            long all = 0;
            for (int i = 0; i < times; i++) {
                all += queue.take();
            }
            sum.set(0, all);
        }
    }

    /// Adds to an element.
    record Adding(SharedLongs number, int times) implements Job {
        @Override
        public void run() {
            for (int i = 0; i < times; i++) {
                number.getAndAdd(0, 1);
            }
        }
    }

    /// Adds to a counter.
    record Counting(SharedCounter counter, int times) implements Job {
        @Override
        public void run() {
            for (int i = 0; i < times; i++) {
                counter.incrementAndGet();
            }
        }
    }

    /// Calls an object.
    record Calling(Clicker clicker, int times) implements Job {
        @Override
        public void run() {
            for (int i = 0; i < times; i++) {
                clicker.click();
            }
        }
    }
}
