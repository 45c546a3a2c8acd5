package dev.mitosis.internal.worker;

import dev.mitosis.internal.link.LinkMemory;
import java.util.concurrent.locks.ReentrantLock;

/// Sees to it that an interrupt meant for one item never hits the next.
///
/// The one who interrupts marks the status word first, so the runner, which exchanges that word
/// when it goes on, knows that an interrupt is on its way, waits for it and swallows it.
final class Interrupts {
    private final LinkMemory memory;
    private final Thread runner;
    private final ReentrantLock delivering = new ReentrantLock();

    // guarded by delivering: whether the runner waits for its parent
    private boolean deaf;

    Interrupts(LinkMemory memory, Thread runner) {
        this.memory = memory;
        this.runner = runner;
    }

    /// Interrupts an item, if it still runs; on the control thread.
    void interrupt(long ticket) {
        delivering.lock();
        try {
            if (memory.casRunning(ticket << 1, ticket << 1 | 1) && !deaf) {
                runner.interrupt();
            }
        } finally {
            delivering.unlock();
        }
    }

    /// Keeps interrupts away while the runner waits for its parent, in the middle of an item or of
    /// its answer: an interrupt closes the socket that it sleeps on, and with that the link.
    void deafen() {
        delivering.lock();
        try {
            deaf = true;
            Thread.interrupted(); // as left behind by whatever was read last
        } finally {
            delivering.unlock();
        }
    }

    /// Lets interrupts through again, and what came meanwhile.
    void listen() {
        delivering.lock();
        try {
            deaf = false;
            if (isInterrupted()) {
                runner.interrupt();
            }
        } finally {
            delivering.unlock();
        }
    }

    /// Swallows what was meant for the item that has ended; on the runner.
    ///
    /// @param ended the status word of that item
    void swallow(long ended) {
        if ((ended & 1) != 0) {
            awaitDelivery();
        }
        Thread.interrupted(); // whatever the item's own code has left behind goes too
    }

    /// Guard against race with the interrupt that is on its way: it is delivered under this lock.
    @SuppressWarnings("LockNotBeforeTry") // there is nothing to do within it
    private void awaitDelivery() {
        delivering.lock();
        delivering.unlock();
    }

    /// {@return whether the item that runs now has been interrupted}
    boolean isInterrupted() {
        return (memory.running() & 1) != 0;
    }
}
