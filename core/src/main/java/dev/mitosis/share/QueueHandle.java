package dev.mitosis.share;

import dev.mitosis.internal.StandIn;
import java.io.Serial;
import java.io.Serializable;

/// What travels of a queue.
///
/// @param memory where it is
/// @param room where it is waited for
/// @param depot where its large elements are
/// @param capacity how many elements it may have
record QueueHandle(SharedMemory memory, WaitingRoom room, Depot depot, int capacity)
        implements StandIn, Serializable {
    /// Refuses what no handle can say.
    QueueHandle {
        if (capacity < 1 || QueueMemory.bytes(capacity) > memory.size()) {
            throw new IllegalArgumentException("not a handle of a queue: capacity " + capacity);
        }
    }

    @Override
    public SharedQueue<?> original() {
        return new SharedQueue<>(this);
    }

    @Serial
    private Object readResolve() {
        return original();
    }
}
