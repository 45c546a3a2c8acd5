package dev.mitosis.internal.hosting;

import dev.mitosis.internal.StandIn;
import java.io.Serial;
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

    @Serial
    private Object readResolve() {
        return original();
    }
}
