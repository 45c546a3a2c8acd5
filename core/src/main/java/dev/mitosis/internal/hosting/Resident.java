package dev.mitosis.internal.hosting;

import dev.mitosis.PoolClosedException;
import java.io.ObjectInputFilter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An object that this process hosts.
final class Resident {
    final long id;
    final Class<?> type;
    final Object object;
    final Object proxy;
    final ClassLoader loader;
    final @Nullable ObjectInputFilter filter;
    private volatile boolean ended; // set once

    Resident(long id, Class<?> type, Object object, @Nullable ObjectInputFilter filter) {
        this.filter = filter;
        this.id = id;
        this.type = type;
        this.object = object;
        this.loader = Objects.requireNonNullElseGet(
                Thread.currentThread().getContextClassLoader(), ClassLoader::getSystemClassLoader);
        this.proxy = new Proxied.Here(this).proxy();
    }

    /// {@return what a method returns}
    ///
    /// @throws Throwable what it throws
    @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (ended) {
            throw gone(type.getSimpleName());
        }
        try {
            return method.invoke(object, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    void end() {
        ended = true;
        if (object instanceof Attentive attentive) {
            attentive.ended();
        }
    }

    /// {@return what is thrown to callers of an object that is there no more}
    static PoolClosedException gone(String what) {
        return new PoolClosedException("the hosted " + what
                + " is there no more: the pool that hosted it is closed");
    }
}
