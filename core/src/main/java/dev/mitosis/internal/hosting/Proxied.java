package dev.mitosis.internal.hosting;

import dev.mitosis.internal.StandIn;
import java.io.ObjectInputFilter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// What a proxy of a hosted object does with calls.
abstract sealed class Proxied implements InvocationHandler, StandIn.Source
        permits Proxied.Here, Proxied.There {
    private final HostedHandle handle;

    Proxied(HostedHandle handle) {
        this.handle = handle;
    }

    final HostedHandle handle() {
        return handle;
    }

    final Object proxy() {
        var type = handle.type();
        var own = type.getClassLoader();
        return Proxy.newProxyInstance(
                own == null ? Proxied.class.getClassLoader() : own, new Class<?>[] {type}, this);
    }

    @Override
    public final Record standIn() {
        return handle;
    }

    /// Whoever compares proxies, or prints them, wants to know of the proxies.
    @Override
    public final @Nullable Object invoke(
            Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() != Object.class) {
            return call(method, arguments);
        }
        return switch (method.getName()) {
            case "equals" -> arguments != null && arguments[0] instanceof Proxy other
                    && Proxy.getInvocationHandler(other) instanceof Proxied that
                    && that.handle.equals(handle);
            case "hashCode" -> handle.hashCode();
            default -> "Hosted[" + handle.type().getName() + "]";
        };
    }

    abstract @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable;

    /// Calls an object of this process, as it is.
    static final class Here extends Proxied {
        private final Resident resident;

        Here(Resident resident) {
            super(new HostedHandle(resident.id, resident.type));
            this.resident = resident;
        }

        @Nullable ObjectInputFilter filter() {
            return resident.filter;
        }

        @Override
        @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            return resident.call(Methods.of(resident.type).own(method), arguments);
        }
    }

    /// Calls an object of the process that has started this one.
    static final class There extends Proxied {
        There(HostedHandle handle) {
            super(handle);
        }

        @Override
        @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            return Errand.run(handle(), method, arguments);
        }
    }
}
