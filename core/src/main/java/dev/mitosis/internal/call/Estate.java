package dev.mitosis.internal.call;

import dev.mitosis.PoolClosedException;
import dev.mitosis.internal.broadcast.Broadcast;
import dev.mitosis.internal.hosting.Home;
import java.io.ObjectInputFilter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// What a pool shares and hosts, and what ends with it.
final class Estate {
    private final Home home;
    private final ReentrantLock lock = new ReentrantLock();

    // guarded by lock
    private final Set<Broadcast<?>> broadcasts = new HashSet<>();
    private boolean closed;

    Estate(ObjectInputFilter filter) {
        home = new Home(filter);
    }

    <T> Broadcast<T> share(T value) {
        var shared = Broadcast.of(value, this::forget);
        lock.lock();
        try {
            if (!closed) {
                broadcasts.add(shared);
                return shared;
            }
        } finally {
            lock.unlock();
        }
        shared.close(); // Guard against race with the end of the pool
        throw new PoolClosedException("the pool is closed and shares nothing more");
    }

    private void forget(Broadcast<?> shared) {
        lock.lock();
        try {
            broadcasts.remove(shared);
        } finally {
            lock.unlock();
        }
    }

    <I> I host(Class<I> type, I object) {
        return home.host(type, object);
    }

    /// Ends what workers have read.
    void closeShared() {
        List<Broadcast<?>> all;
        lock.lock();
        try {
            closed = true;
            all = List.copyOf(broadcasts);
        } finally {
            lock.unlock();
        }
        all.forEach(Estate::close);
    }

    /// One that cannot be deleted must not keep the others, nor the pool; a later pool deletes it.
    private static void close(Broadcast<?> shared) {
        try {
            shared.close();
        } catch (RuntimeException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING,
                    "a shared value could not be deleted: " + e.getMessage());
        }
    }

    /// Ends what workers call; when there are none any more, or what they get is of no use.
    void closeHosted() {
        home.close();
    }
}
