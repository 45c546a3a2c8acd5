package dev.mitosis.internal.call;

import dev.mitosis.Task;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Tasks that were promised to their users, and are delivered: closing the pool waits for them.
final class Promises {
    private final Set<Object> promised = ConcurrentHashMap.newKeySet();
    private final Set<Task<?>> delivering = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock;
    private final Condition quiet;

    /// Makes those of a pool.
    ///
    /// @param lock held while fewer are promised
    /// @param quiet signalled then
    Promises(ReentrantLock lock, Condition quiet) {
        this.lock = lock;
        this.quiet = quiet;
    }

    boolean isEmpty() {
        return promised.isEmpty();
    }

    /// A task was handed to its user, or one runs everywhere; closing waits for it.
    void expect(Object task) {
        promised.add(task);
    }

    /// What ran everywhere is over.
    void kept(Object task) {
        lock.lock();
        try {
            promised.remove(task);
            quiet.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A task is about to be completed by this thread, which will then run its dependents.
    void delivers(Task<?> task) {
        lock.lock();
        try {
            delivering.add(task);
            promised.remove(task);
            quiet.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A task was completed, and its dependents have run.
    void delivered(Task<?> task) {
        delivering.remove(task);
    }

    /// Waits until tasks that are being completed are; not for their dependents, which may take
    /// any time, or be the ones that close the pool.
    @SuppressWarnings("ThreadPriorityCheck") // a yield, not a bet: the loop has an end without it
    void awaitDelivered() {
        for (var task : delivering) {
            while (!task.isDone()) {
                Thread.yield(); // its thread is between two statements
            }
        }
    }
}
