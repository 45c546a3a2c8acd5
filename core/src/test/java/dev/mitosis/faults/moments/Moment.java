package dev.mitosis.faults.moments;

/// What the worker of a [HeldWorker] is doing when something happens to it.
enum Moment {
    /// Its process is up and runs the initializer; items wait for it.
    STARTING,
    /// It has run all items, and nobody has read their outcomes.
    IDLE,
    /// It runs an item.
    BUSY,
    /// The item has returned, and its result is being serialized.
    SERIALIZING,
    /// The result is in the ring, but for the end of it: that is full, and nobody reads.
    WRITING,
    /// It runs an item, and the ring holds the outcomes of those before: nobody reads.
    DRAINING;

    /// {@return whether there is an item that has begun and not ended}
    boolean hasItem() {
        return compareTo(BUSY) >= 0;
    }

    /// {@return whether the item waits at the gate}
    boolean isAtGate() {
        return this == BUSY || this == SERIALIZING || this == DRAINING;
    }

    /// {@return whether nobody reads what the worker sends}
    boolean isUnread() {
        return this == WRITING || this == DRAINING;
    }
}
