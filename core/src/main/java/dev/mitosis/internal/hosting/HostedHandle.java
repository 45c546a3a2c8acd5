package dev.mitosis.internal.hosting;

import dev.mitosis.internal.StandIn;
import java.io.Serializable;

/// What travels of a hosted object.
///
/// @param id a random number, which nobody else can guess
/// @param type the interface
record HostedHandle(long id, Class<?> type) implements StandIn, Serializable {
    @Override
    public Object original() {
        return Hosting.HERE.at(this);
    }

    /// The same in all processes, unlike that of a class.
    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }
}
