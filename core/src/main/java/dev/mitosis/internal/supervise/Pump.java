package dev.mitosis.internal.supervise;

import dev.mitosis.internal.link.CorruptLinkException;
import dev.mitosis.internal.link.LinkLayout;
import dev.mitosis.internal.link.LinkMemory;
import dev.mitosis.internal.link.Spin;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes one worker's outcomes out of its ring and writes what did not fit into the other.
///
/// It has a thread of its own, which sleeps when there is nothing to do. A caller that waits for
/// outcomes may lead for a moment: it takes them itself, and the thread need not be woken. Neither
/// decodes anything or runs user code here.
final class Pump implements Runnable {
    private static final long SPIN_NANOS = 10_000;

    private final SeatLink link;
    private final Replies replies;
    private final LinkMemory.Flag asleep;
    private final LinkMemory.Flag replyWanted;
    private final Consumer<@Nullable CorruptLinkException> ended;
    private final Thread thread;
    private final Spin spin = new Spin(); // used by the thread

    // held by whoever takes outcomes, and while the memory is unmapped; never for longer than a
    // look at the ring takes
    private final ReentrantLock reading = new ReentrantLock();

    // written by the thread, read by those who lead
    private volatile boolean sleeping;

    // set by whoever finds it, read by the thread
    private volatile @Nullable CorruptLinkException corrupt;

    Pump(String name, SeatLink link, Replies replies,
            Consumer<@Nullable CorruptLinkException> ended) {
        this.link = link;
        this.replies = replies;
        this.ended = ended;
        asleep = link.memory().parentAsleep();
        replyWanted = link.memory().replyWanted();
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this);
    }

    void start() {
        thread.start();
    }

    // -- for a caller that leads -------------------------------------------------------------

    /// Spares the worker the ringing of a bell, as long as the caller polls.
    void beginToLead() {
        if (reading.tryLock()) { // else somebody else reads, and a bell rung in vain does no harm
            try {
                if (!link.isClosed()) {
                    asleep.lower();
                }
            } finally {
                reading.unlock();
            }
        }
    }

    /// Takes what outcomes there are, unless somebody else does.
    ///
    /// @return whether there were any
    boolean poll() {
        boolean sent = flush();
        if (!reading.tryLock()) {
            return sent;
        }
        try {
            return read() || sent;
        } finally {
            reading.unlock();
        }
    }

    /// Takes what has come; under the lock.
    private boolean read() {
        try {
            return corrupt == null && !link.isClosed() && drain();
        } catch (CorruptLinkException e) {
            giveUp(e);
            return false;
        }
    }

    /// Leaves the ring to the thread again.
    void endLeading() {
        if (!sleeping) {
            return;
        }
        reading.lock();
        try {
            if (!link.isClosed()) {
                asleep.raise();
            }
        } finally {
            reading.unlock();
        }
        poll(); // Guard against race with an outcome that came before the flag was up
    }

    /// Gives the link's memory back; callers that still lead find it closed.
    void unmap() {
        reading.lock();
        try {
            link.unmap();
        } finally {
            reading.unlock();
        }
    }

    // -- the thread --------------------------------------------------------------------------

    @Override
    public void run() {
        boolean alive;
        do {
            alive = step();
        } while (alive && corrupt == null);
        reading.lock();
        try {
            if (corrupt == null) {
                drainRest();
            }
        } catch (CorruptLinkException e) {
            giveUp(e);
        } finally {
            reading.unlock();
        }
        ended.accept(corrupt);
    }

    /// Takes what a worker that is gone has left, as much as a ring holds; one that goes on writing
    /// without a bell is not listened to for longer.
    private void drainRest() {
        for (int left = LinkLayout.RING; left > 0; ) {
            int taken = take();
            if (taken == 0) {
                return;
            }
            left -= taken;
        }
    }

    /// Does what there is to do, or sleeps until there is something.
    ///
    /// @return false when the other side is gone
    private boolean step() {
        try {
            if (poll() || link.isBusy() && spin.await(this::poll, SPIN_NANOS)) {
                return true;
            }
            sleeping = true;
            asleep.raise();
            boolean rung = lastLook() || link.bell().sleep();
            sleeping = false;
            asleep.lower();
            return rung;
        } catch (IOException e) {
            return false; // the bell is closed, or the worker is gone
        }
    }

    /// As [#poll], but waits for whoever is reading, in a moment. It is tempting to leave the rest
    /// to them. But the worker may have written after they looked last, and before the flag was up:
    /// then nobody would ever read it.
    private boolean lastLook() {
        boolean sent = flush();
        reading.lock();
        try {
            return read() || sent;
        } finally {
            reading.unlock();
        }
    }

    private boolean flush() {
        try {
            return link.flush();
        } catch (CorruptLinkException e) {
            giveUp(e);
            return false;
        } catch (IOException e) {
            return false; // the worker is gone: the bell says so next
        }
    }

    private boolean drain() {
        boolean drained = take() > 0;
        if (drained) {
            VarHandle.fullFence(); // released above, looked at below
            if (replyWanted.take()) {
                link.ring();
            }
        }
        return drained;
    }

    /// Whatever goes wrong here, the heap of this JVM included, ends the link and with it the
    /// worker: a record that was half taken cannot be taken again, and nobody else would look at
    /// this ring.
    private int take() {
        try {
            return replies.drain();
        } catch (CorruptLinkException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.DEBUG, "outcomes", e);
            throw new CorruptLinkException("its outcomes could not be taken here: " + e);
        }
    }

    private void giveUp(CorruptLinkException why) {
        corrupt = why;
        try {
            link.bell().close(); // wakes the thread
        } catch (IOException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.DEBUG, "a bell", e);
        }
    }
}
