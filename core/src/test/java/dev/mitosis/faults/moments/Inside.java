package dev.mitosis.faults.moments;

import dev.mitosis.Pool;
import dev.mitosis.Results;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Looks into a pool, where what is to be seen is nobody else's business.
final class Inside {
    private Inside() {}

    static Object field(Object owner, String name) {
        try {
            var field = owner.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(owner);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object crew(Pool pool) {
        return field(field(field(pool, "engine"), "dispatcher"), "crew");
    }

    /// {@return whether a pool is being closed; a call that asks would be taken, and waited for, as long as it is not}
    static boolean isClosing(Pool pool) {
        return !field(field(pool, "engine"), "state").toString().equals("OPEN");
    }

    /// {@return the worker on the first seat}
    static Object worker(Pool pool) {
        return ((AtomicReferenceArray<?>) field(crew(pool), "seated")).get(0);
    }

    /// {@return how often the worker on the first seat was asked for its stacks}
    static int stackRequests(Pool pool) {
        return ((AtomicInteger) field(worker(pool), "dumpNumbers")).get();
    }

    /// {@return whether another worker is ready to take the first seat}
    static boolean hasWarmSuccessor(Pool pool) {
        var seats = (Object[]) field(field(crew(pool), "supervisor"), "seats");
        var successor = field(seats[0], "successor");
        return successor != null && field(successor, "state").toString().startsWith("Warm");
    }

    /// {@return whether nobody looks at how large the worker on the first seat is, until it is given work}
    static boolean isUnwatched(Pool pool) {
        var watch = field(crew(pool), "memory");
        var lock = (ReentrantLock) field(watch, "lock");
        lock.lock();
        try {
            return lock.hasWaiters((Condition) field(watch, "changed")) && (boolean) field(watch, "idle")
                    && ((AtomicIntegerArray) field(watch, "given")).get(0) == 0;
        } finally {
            lock.unlock();
        }
    }

    /// {@return whether all units of a call have ended}
    static boolean isOver(Results<?> results) {
        return (boolean) field(field(results, "call"), "over");
    }

    /// {@return whether a call was broken off}
    static boolean isBroken(Results<?> results) {
        return field(field(results, "call"), "broken") != null;
    }

    /// {@return whether a call has come to the end of its input}
    static boolean hasTakenAll(Results<?> results) {
        return (boolean) field(field(results, "call"), "inputEnded");
    }
}
