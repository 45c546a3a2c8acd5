package dev.mitosis.internal.worker;

/// The items that a worker of a pool has been leased.
///
/// @param interrupts interrupts the one that runs
/// @param skips knows which are not to start
record LeasedItems(Interrupts interrupts, Skips skips) implements ControlLoop.Items {
    @Override
    public void skip(long call, long index) {
        skips.skip(call, index);
    }

    @Override
    public void interrupt(long ticket) {
        interrupts.interrupt(ticket);
    }
}
