package dev.mitosis.internal.worker;

import dev.mitosis.internal.link.LinkMemory;

/// Sees to it that an interrupt meant for one item never hits the next.
///
/// The one who interrupts marks the status word first, so the runner, which exchanges that word
/// when it goes on, knows that an interrupt is on its way, waits for it and swallows it.
final class Interrupts {
    private final LinkMemory memory;
    private final RunnerThread runner;

    Interrupts(LinkMemory memory, RunnerThread runner) {
        this.memory = memory;
        this.runner = runner;
    }

    /// Interrupts an item, if it still runs; on the control thread.
    void interrupt(long ticket) {
        runner.interruptIf(() -> memory.casRunning(ticket << 1, ticket << 1 | 1));
    }

    /// Keeps interrupts away while the runner waits for its parent, be it idle or in the middle of
    /// an item or of its answer.
    void deafen() {
        runner.deafen();
    }

    /// Lets interrupts through again, and what came meanwhile if that was within an item.
    void listen() {
        runner.listen(memory.running() != 0);
    }

    /// Swallows what was meant for the item that has ended; on the runner.
    ///
    /// @param ended the status word of that item
    void swallow(long ended) {
        if ((ended & 1) != 0) {
            runner.awaitDelivery();
        }
        Thread.interrupted(); // whatever the item's own code has left behind goes too
    }

    /// {@return whether the item that runs now has been interrupted}
    boolean isInterrupted() {
        return (memory.running() & 1) != 0;
    }
}
