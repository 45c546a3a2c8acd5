package dev.mitosis.share;

import dev.mitosis.internal.StandIn;
import java.io.Serial;
import java.io.Serializable;

/// What travels of a lock.
///
/// @param memory where it is
/// @param room where it is waited for
record LockHandle(SharedMemory memory, WaitingRoom room) implements StandIn, Serializable {
    @Override
    public SharedLock original() {
        return new SharedLock(new Cell(memory), room);
    }

    @Serial
    private Object readResolve() {
        return original();
    }
}
