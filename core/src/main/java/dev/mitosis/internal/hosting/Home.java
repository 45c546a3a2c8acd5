package dev.mitosis.internal.hosting;

import dev.mitosis.PoolClosedException;
import java.io.ObjectInputFilter;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What one pool hosts; it ends with that.
public final class Home {
    private final ObjectInputFilter filter;
    private final ReentrantLock lock = new ReentrantLock();

    // guarded by lock; null once it has ended
    private @Nullable Set<Resident> residents = new HashSet<>();

    /// Makes one.
    ///
    /// @param filter checks what comes from other processes
    public Home(ObjectInputFilter filter) {
        this.filter = filter;
    }

    /// Hosts an object.
    ///
    /// @param <I> the interface
    /// @param type the interface
    /// @param object the object
    /// @return its proxy
    /// @throws PoolClosedException if this has ended
    public <I> I host(Class<I> type, I object) {
        require(type, object);

        lock.lock();
        try {
            var all = residents;
            if (all == null) {
                throw new PoolClosedException("the pool is closed and hosts nothing more");
            }
            var resident = Hosting.HERE.host(type, object, filter);
            all.add(resident);
            return type.cast(resident.proxy);
        } finally {
            lock.unlock();
        }
    }

    private static void require(Class<?> type, Object object) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(object, "object");
        if (!type.isInterface() || type.isHidden() || type.isSealed()) {
            throw new IllegalArgumentException(type.getName() + " cannot be hosted: a proxy can"
                    + " only implement an interface that is neither sealed nor hidden");
        }
        if (!type.isInstance(object)) {
            throw new IllegalArgumentException(
                    "an object of " + object.getClass().getName() + " is no " + type.getName());
        }
        Methods.of(type).requireAccess();
    }

    /// Ends all of it.
    public void close() {
        Set<Resident> all;
        lock.lock();
        try {
            all = residents == null ? Set.of() : residents;
            residents = null;
        } finally {
            lock.unlock();
        }
        all.forEach(Home::end);
    }

    /// One that cannot be ended must not keep the others, nor the pool.
    private static void end(Resident resident) {
        try {
            Hosting.HERE.end(resident);
        } catch (RuntimeException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING,
                    "a hosted object could not be ended", e);
        }
    }
}
