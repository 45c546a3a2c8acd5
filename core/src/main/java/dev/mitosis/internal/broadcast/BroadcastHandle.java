package dev.mitosis.internal.broadcast;

import dev.mitosis.internal.StandIn;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Path;

/// What travels of a shared value.
///
/// @param file the path of the file that it is read from
record BroadcastHandle(String file) implements StandIn, Serializable {
    @Override
    public Object original() {
        return Arrivals.HERE.at(Path.of(file));
    }

    @Serial
    private Object readResolve() {
        return original();
    }
}
