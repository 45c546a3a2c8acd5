package dev.mitosis.internal.supervise;

import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.link.CorruptLinkException;
import dev.mitosis.internal.link.LinkLayout;
import dev.mitosis.internal.link.LinkMemory;
import dev.mitosis.internal.link.Spin;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
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
    private static final long PAUSE_NANOS = 200_000;
    private static final long TWICE_NANOS = 10_000; // far longer than a core keeps back a store

    private final SeatLink link;
    private final Replies replies;
    private final LinkMemory.Flag asleep;
    private final LinkMemory.Flag replyWanted;
    private final LinkMemory.Flag lazy;
    private final Consumer<@Nullable CorruptLinkException> ended;
    private final Thread thread;
    private final Spin spin = new Spin(); // used by the thread

    // held by whoever takes outcomes, and while the memory is unmapped; never for longer than a
    // look at the ring takes
    private final ReentrantLock reading;

    // Whether the thread sleeps, or is about to; written by it, read by those who lead. Either it
    // sees that one leads, and leaves the flag to them, or the last of them sees that it sleeps.
    private volatile boolean sleeping;
    private final AtomicInteger spinners = new AtomicInteger();
    private final AtomicInteger nappers = new AtomicInteger();

    // set by whoever finds it, read by the thread
    private volatile @Nullable CorruptLinkException corrupt;

    Pump(String name, SeatLink link, Replies replies,
            Consumer<@Nullable CorruptLinkException> ended) {
        this(name, link, replies, ended, new ReentrantLock());
    }

    Pump(String name, SeatLink link, Replies replies,
            Consumer<@Nullable CorruptLinkException> ended, ReentrantLock reading) {
        this.reading = reading;
        this.link = link;
        this.replies = replies;
        this.ended = ended;
        asleep = link.memory().parentAsleep();
        replyWanted = link.memory().replyWanted();
        lazy = link.memory().lazy();
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this);
    }

    void start() {
        thread.start();
    }

    // -- for a caller that leads -------------------------------------------------------------

    /// Spares the worker the ringing of a bell, and the thread its looking, as long as the caller
    /// polls.
    ///
    /// @param naps whether it sleeps between looks; a worker that is idle then wakes the thread
    void beginToLead(boolean naps) {
        (naps ? nappers : spinners).incrementAndGet();
        if (sleeping && reading.tryLock()) { // else a bell rung in vain does no harm
            try {
                if (!link.isClosed()) {
                    raiseForLeaders();
                }
            } finally {
                reading.unlock();
            }
        }
    }

    private void raiseForLeaders() {
        asleep.raise(spinners.get() > 0 ? 0 : LinkMemory.NAPPING);
    }

    private boolean isLed() {
        return spinners.get() + nappers.get() > 0;
    }

    /// Takes what outcomes there are, unless somebody else does.
    ///
    /// @return whether there were any
    boolean poll() {
        boolean sent = flush();
        return tryRead() || sent;
    }

    private boolean tryRead() {
        if (!reading.tryLock()) {
            return false;
        }
        try {
            return read();
        } finally {
            reading.unlock();
        }
    }

    /// Takes what has come; under the lock.
    private boolean read() {
        try {
            return corrupt == null && !link.isClosed() && replies.hasMore() && drain();
        } catch (CorruptLinkException e) {
            giveUp(e);
            return false;
        }
    }

    /// Leaves the ring to the thread again.
    ///
    /// @param naps as when it began
    void endLeading(boolean naps) {
        (naps ? nappers : spinners).decrementAndGet();
        if (isLed() || !sleeping) {
            return; // another leads, or the thread sees that nobody does
        }
        boolean twice = false;
        reading.lock();
        try {
            if (!link.isClosed()) {
                asleep.raise();
                twice = isLazy();
            }
        } finally {
            reading.unlock();
        }
        // Guard against race with outcomes that came before the flag was up: nobody rings for those
        readWhatIsThere();
        if (twice) {
            long until = Deadline.now() + TWICE_NANOS;
            for (long left; (left = until - Deadline.now()) > 0; ) {
                new Spin().await(this::tryRead, left);
            }
            readWhatIsThere();
        }
    }

    /// Takes all that has come until now, which may be more than is taken at once; of what comes
    /// meanwhile the thread is told.
    private void readWhatIsThere() {
        long end = positionOf(true);
        while (waitAndRead() && positionOf(false) < end) {
            Thread.onSpinWait();
        }
    }

    /// As [#tryRead], but waits for whoever has the lock, who may only look how far was read.
    private boolean waitAndRead() {
        reading.lock();
        try {
            return read();
        } finally {
            reading.unlock();
        }
    }

    /// {@return up to where was read, or written; how many bytes}
    private long positionOf(boolean writer) {
        reading.lock();
        try {
            boolean gone = corrupt != null || link.isClosed();
            return gone ? 0 : writer ? replies.written() : replies.taken();
        } catch (CorruptLinkException e) {
            giveUp(e);
            return 0;
        } finally {
            reading.unlock();
        }
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
            boolean more = poll(); // also when it is led: it may have been woken
            if (!isLed() && (more || link.isBusy() && spin.await(this::poll, SPIN_NANOS))) {
                pause();
                return true;
            }
            sleeping = true;
            boolean rung = comesWhileRaising() || link.bell().sleep();
            sleeping = false;
            asleep.lower();
            return rung;
        } catch (IOException e) {
            return false; // the bell is closed, or the worker is gone
        }
    }

    /// Lets more come together, if it comes fast: to hand outcomes over takes longer than to run
    /// a short item.
    private void pause() {
        var first = link.first();
        if (first != null && first.count() > 1 && isLazy()) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean comesWhileRaising() {
        while (isLed()) {
            raiseForLeaders();
            if (isLed()) { // else the last of them has perhaps raised it before, and in vain
                return spinners.get() == 0 && lastLook();
            }
        }
        asleep.raise();
        return lastLook() || isLazy() && lookTwice();
    }

    /// As [#poll], but waits for whoever is reading, in a moment. It is tempting to leave the rest
    /// to them. But the worker may have written after they looked last, and before the flag was up:
    /// then nobody would ever read it.
    private boolean lastLook() {
        boolean sent = flush();
        return waitAndRead() || sent;
    }

    private boolean isLazy() {
        return link.isBusy() && lazy.isRaised();
    }

    /// A worker whose items are short does not fence after each outcome, and may not have seen the
    /// flag: what it wrote then can be read here a moment later.
    ///
    /// @return whether there was something
    private boolean lookTwice() {
        return spin.await(this::poll, TWICE_NANOS) || lastLook();
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
