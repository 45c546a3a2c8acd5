package dev.mitosis.internal.worker;

import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.link.Bell;
import dev.mitosis.internal.link.Claims;
import dev.mitosis.internal.link.LinkLayout;
import dev.mitosis.internal.link.LinkMemory;
import dev.mitosis.internal.link.RingReader;
import dev.mitosis.internal.link.RingWriter;
import dev.mitosis.internal.link.Spin;
import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;

/// The worker's end of the rings: waits for the parent, and wakes it.
///
/// Used by the runner alone.
final class ParentLink {
    private static final int SLICE = 256 << 10; // so that the parent can write meanwhile
    private static final long SPIN_NANOS = 60_000;
    private static final int MOST_UNFENCED = 256; // outcomes

    private final LinkMemory memory;
    private final Bell bell;
    private final Interrupts interrupts;
    private final RingReader requests;
    private final RingWriter replies;
    private final Spin spin = new Spin();
    private final LinkMemory.Flag asleep;
    private final LinkMemory.Flag parentAsleep;
    private final LinkMemory.Flag requestWanted;
    private final LinkMemory.Flag replyWanted;
    private final LinkMemory.Flag lazy;
    private final Claims claims;

    private int stride = 1; // outcomes from one fence to the next
    private int unfenced; // outcomes since the last
    private long fenced; // when that was

    ParentLink(LinkMemory memory, Bell bell, Interrupts interrupts) {
        this.memory = memory;
        this.bell = bell;
        this.interrupts = interrupts;
        requests = memory.requestReader();
        replies = memory.replyWriter();
        asleep = memory.workerAsleep();
        parentAsleep = memory.parentAsleep();
        requestWanted = memory.requestWanted();
        replyWanted = memory.replyWanted();
        lazy = memory.lazy();
        claims = memory.claims();
    }

    /// Waits for request bytes and reads some.
    ///
    /// @return how many, at least 1
    int read(byte[] into, int offset, int length) throws IOException {
        await(this::hasRequests, this::hasRequests);
        int count = Math.min(Math.min(requests.available(), SLICE), length);
        requests.copy(0, into, offset, count);
        requests.release(count);
        // Not before there is room for much: each ring costs both sides a switch of threads. The
        // parent loses nothing by that, since what is left here is read before more is needed.
        if (requests.available() <= LinkLayout.RING / 2) {
            VarHandle.fullFence();
            if (requestWanted.take()) {
                bell.ring();
            }
        }
        return count;
    }

    /// Writes reply bytes, waiting for room if need be, and publishes them.
    void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (true) {
            done += replies.write(bytes, offset + done, length - done);
            replies.publish();
            if (done == length) {
                return;
            }
            replyWanted.raise();
            wakeParent(LinkMemory.NAPPING);
            await(replies::hasRoom, this::hasRoomAtLast);
        }
    }

    /// Asks for room before each sleep anew. The parent may take a flag that was raised for room
    /// that has been filled again since: its ring is in vain, and no other would come.
    private boolean hasRoomAtLast() {
        replyWanted.raise();
        return replies.hasRoom();
    }

    /// Writes what is no outcome, and wakes the parent if it sleeps, since no outcome may follow
    /// for long.
    void tell(byte[] bytes, int length) throws IOException {
        write(bytes, 0, length);
        VarHandle.fullFence();
        wakeParent(LinkMemory.NAPPING);
    }

    /// Writes a short record, if there is room for it; it is not published.
    ///
    /// @return whether there was
    boolean write(byte kind, long bits) {
        return replies.writeRecord(kind, bits, kind == Kind.INT ? 5 : 9);
    }

    /// Publishes what is written.
    void publish() {
        replies.publish();
    }

    /// Claims items: as many as run until the next fence, or all.
    ///
    /// @return how many, or 0 if they were taken back
    int claim(long ticket, int count, boolean whole) {
        return claims.claim(ticket, whole ? count : Math.min(count, stride));
    }

    /// What comes from now on was not taken back.
    void resume() {
        claims.resume();
    }

    /// Says which item runs now, after the outcome of the one before has been written.
    void running(long word) {
        memory.running(word);
    }

    void beginLease(long now) {
        unfenced = 0;
        fenced = now;
    }

    /// Wakes the parent, if it sleeps, since an outcome has been written.
    ///
    /// To be sure of that takes a fence, which takes longer than many an item. Where items are
    /// short there is one for many of them. The flag is looked at after each all the same; that
    /// misses a parent that raised it just now, and looks once more a moment later.
    void published() throws IOException {
        unfenced++;
        boolean fences = unfenced >= stride;
        if (fences) {
            VarHandle.fullFence();
        }
        wakeParent(LinkMemory.ASLEEP);
        if (fences) {
            beginStride(Deadline.now());
        }
    }

    /// Adapts the number of outcomes between two fences to how long the last ones took.
    private void beginStride(long now) {
        boolean before = stride > 1;
        stride = Math.min(Stride.next(stride, now - fenced), MOST_UNFENCED);
        if (stride > 1 != before) {
            lazy.raise(stride > 1 ? 1 : 0);
        }
        unfenced = 0;
        fenced = now;
    }

    /// Says that no item runs, after all outcomes of the lease have been written.
    void endLease() throws IOException {
        memory.rest(); // also a full fence
        wakeParent(hasRequests() ? LinkMemory.ASLEEP : LinkMemory.NAPPING);
    }

    /// @param deepest how deep a sleep it is to be woken from
    private void wakeParent(long deepest) throws IOException {
        if (parentAsleep.isRaised()) {
            wakeFrom(deepest);
        }
    }

    /// Apart, as [Interrupts] says of what is hardly ever run.
    private void wakeFrom(long deepest) throws IOException {
        // A caller that leads has often read it all before the flag was up again: then a bell would
        // wake a thread for nothing.
        if (parentAsleep.height() <= deepest && !replies.isDrained() && parentAsleep.take()) {
            bell.ring();
        }
    }

    private boolean hasRequests() {
        return requests.available() > 0;
    }

    /// Waits.
    ///
    /// @param condition for what
    /// @param lastLook the same, asked before each sleep, after it has been said that there is one
    private void await(BooleanSupplier condition, BooleanSupplier lastLook) throws IOException {
        if (condition.getAsBoolean() || spin.await(condition, SPIN_NANOS)) {
            return;
        }
        do {
            asleep.raise();
            if (lastLook.getAsBoolean()) {
                break;
            }
            sleep();
        } while (!condition.getAsBoolean());
        asleep.lower();
    }

    private void sleep() throws IOException {
        interrupts.deafen();
        try {
            if (!bell.sleep()) {
                throw new EOFException("the parent is gone");
            }
        } finally {
            interrupts.listen();
        }
    }
}
