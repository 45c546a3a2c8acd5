package dev.mitosis.internal.broadcast;

import dev.mitosis.internal.Gone;
import dev.mitosis.internal.Upstream;
import dev.mitosis.share.Shared;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The shared values that this process has, its own and those of others, once each.
final class Arrivals {
    /// Those of this process.
    static final Arrivals HERE = new Arrivals();

    private final Map<Path, Broadcast<?>> own = new ConcurrentHashMap<>();
    private final Map<Path, Arrival<?>> received = new ConcurrentHashMap<>();

    private Arrivals() {
        Gone.listen(this::dropGone);
    }

    void own(Path file, Broadcast<?> value) {
        own.put(file, value);
    }

    void disown(Path file) {
        own.remove(file);
    }

    /// {@return the value in a file, perhaps yet to be read}
    ///
    /// A process that is no worker reads none, and keeps nothing that one tells it to.
    Shared<?> at(Path file) {
        var known = own.get(file);
        if (known == null) {
            return Upstream.here() == null
                    ? new Arrival<>(file) : received.computeIfAbsent(file, Arrival::new);
        }
        return known;
    }

    /// Drops values whose owner has closed them. To have their memory given back to the system
    /// takes a collection of the whole heap.
    private void dropGone() {
        long bytes = 0;
        for (var arrival : List.copyOf(received.values())) {
            if (arrival.isGone()) {
                received.remove(arrival.file());
                bytes += arrival.drop();
            }
        }
        if (bytes >= Arrival.LARGE) {
            System.gc();
        }
    }
}
