package dev.mitosis.internal;

import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// A record that travels in place of an object, which is made anew from it on the other side.
///
/// As `writeReplace` and `readResolve` do it for Java serialization, but at the cost of a record.
public interface StandIn {
    /// {@return the object that it stands for}
    Object original();

    /// {@return what travels in place of an object, or null if that is no [Source]}
    ///
    /// @param object the object, or a proxy whose handler says that
    static @Nullable Record of(Object object) {
        var source = object instanceof Proxy ? Proxy.getInvocationHandler(object) : object;
        return source instanceof Source itself ? itself.standIn() : null;
    }

    /// An object that does not travel itself.
    interface Source {
        /// {@return a record that is a [StandIn] of this object}
        Record standIn();
    }
}
