package dev.mitosis.internal.worker;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The thread on which a worker's tasks run, and which talks to the parent between them.
///
/// While it talks it is deaf, since an interrupt closes the socket that a thread uses, and with
/// that the link. To clear the flag beforehand would not do: threads that a task has left behind
/// may know this one, and interrupt it whenever they like.
final class RunnerThread extends Thread {
    private final Consumer<RunnerThread> life;
    private final ReentrantLock delivering = new ReentrantLock();

    // guarded by delivering: whether it talks to the parent, and was interrupted meanwhile
    private boolean deaf;
    private boolean missed;

    /// Makes the thread. It has the name of a JVM's first thread, which has ended by then: tasks
    /// print it, and users look for it in dumps.
    ///
    /// @param life what it does
    RunnerThread(Consumer<RunnerThread> life) {
        super("main");
        this.life = life;
    }

    @Override
    public void run() {
        life.accept(this);
    }

    @Override
    public void interrupt() {
        interruptIf(() -> true);
    }

    /// Interrupts this thread, if it is meant.
    ///
    /// @param meant asked within the lock of which [#awaitDelivery] waits
    void interruptIf(BooleanSupplier meant) {
        delivering.lock();
        try {
            if (!meant.getAsBoolean()) {
                return;
            }
            if (deaf) {
                missed = true;
            } else {
                super.interrupt();
            }
        } finally {
            delivering.unlock();
        }
    }

    /// Guard against race with the interrupt that is on its way: it is delivered under this lock.
    @SuppressWarnings("LockNotBeforeTry") // there is nothing to do within it
    void awaitDelivery() {
        delivering.lock();
        delivering.unlock();
    }

    /// Keeps interrupts away, those that came before too; on this thread.
    void deafen() {
        delivering.lock();
        try {
            deaf = true;
            missed = Thread.interrupted();
        } finally {
            delivering.unlock();
        }
    }

    /// Lets interrupts through again; on this thread.
    ///
    /// @param late whether what was kept away is still of use
    void listen(boolean late) {
        delivering.lock();
        try {
            deaf = false;
            if (missed && late) {
                super.interrupt();
            }
        } finally {
            delivering.unlock();
        }
    }
}
