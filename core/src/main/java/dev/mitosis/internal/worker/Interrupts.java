package dev.mitosis.internal.worker;

import dev.mitosis.internal.link.LinkMemory;

/// Sees to it that an interrupt meant for one item never hits the next.
///
/// The runner stores its status word before each item without a fence, which would take longer than
/// many an item. So whoever interrupts says first that it is coming, then makes the runner pass a
/// barrier, and only then marks the word, if it still names the item: by then a runner that has
/// gone on has either stored another word, or sees that something is coming and waits for it.
final class Interrupts {
    private final LinkMemory memory;
    private final RunnerThread runner;

    // written by the control thread, read by the runner
    private volatile boolean coming;

    Interrupts(LinkMemory memory, RunnerThread runner) {
        this.memory = memory;
        this.runner = runner;
    }

    /// Interrupts an item, if it still runs; on the control thread.
    void interrupt(long ticket) {
        coming = true;
        try {
            runner.interruptIf(() -> mark(ticket));
        } finally {
            coming = false;
        }
    }

    private boolean mark(long ticket) {
        // To look at another thread's stack the JVM handshakes with it (JEP 312), and both fence.
        var _ = runner.getStackTrace();
        return memory.casRunning(ticket << 1, ticket << 1 | 1);
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

    /// Swallows what was meant for the item that has ended, after the status word names another;
    /// on the runner.
    void swallow() {
        if (coming || runner.isInterrupted()) {
            swallowWhatCame();
        }
    }

    /// Apart, and longer than what the JVM's quick compiler copies into each caller (35 bytes of
    /// byte code): it is hardly ever run.
    private void swallowWhatCame() {
        if (coming) {
            runner.awaitDelivery();
        }
        // Whatever the item's own code has left behind goes too; but if this thread was held up
        // just after it had stored the word, the next item may be meant, and has been, once.
        if (Thread.interrupted() && (memory.running() & 1) != 0) {
            runner.interrupt();
        }
    }

    /// {@return whether the item that runs now has been interrupted}
    boolean isInterrupted() {
        return (memory.running() & 1) != 0;
    }
}
