package dev.mitosis.internal.supervise;

import dev.mitosis.internal.Buffers;
import dev.mitosis.internal.Credits;
import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.codec.Records;
import dev.mitosis.internal.link.CorruptLinkException;
import dev.mitosis.internal.link.RingReader;
import dev.mitosis.spi.Lease;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Takes outcome records out of a reply ring and hands them to the leases they belong to; on the
/// pump alone.
///
/// Nothing that the worker says is believed before it is checked: kinds, lengths, order.
final class Replies {
    private static final int LONG_RECORD = 64 << 10;
    private static final int SLICE = 256 << 10; // so that the worker can write meanwhile
    private static final int STEP = 64 << 20;
    private static final int LONGEST_FAILURE = Integer.MAX_VALUE - 16; // it is kept in one array
    private static final int PRINTED_HEAD = 1 + 4 + 8 + 8;
    private static final int EMITTED_HEAD = 1 + 4 + 8;

    private final RingReader ring;
    private final SeatLink link;
    private final LongAdder bytesReceived;
    private final Buffers buffers;
    private final AtomicInteger unheard = new AtomicInteger(); // messages
    private final Runnable heard;

    // outcomes of the first lease that have been handed over
    private int outcomes;

    // of the first lease, the last item whose prints have been handed over
    private long printed = -1;

    // the long record that is being taken out in steps
    private byte @Nullable [] body;
    private int bodyDone;
    private long bodyLeft;
    private boolean failure;

    /// Makes one.
    ///
    /// @param heard run when a listener was told of a message
    Replies(RingReader ring, SeatLink link, LongAdder bytesReceived, Buffers buffers,
            Runnable heard) {
        this.heard = () -> {
            unheard.decrementAndGet(); // before the worker may send others instead
            heard.run();
        };
        this.buffers = buffers;
        this.ring = ring;
        this.link = link;
        this.bytesReceived = bytesReceived;
    }

    /// {@return whether the worker has written anything}
    boolean hasMore() {
        return ring.available() > 0;
    }

    /// {@return how many bytes the worker has ever written}
    ///
    /// @throws CorruptLinkException if it says what cannot be
    long written() {
        return ring.read() + ring.available();
    }

    /// {@return how many bytes were ever taken}
    long taken() {
        return ring.read();
    }

    /// Hands over what is complete, as much as is handed over at once.
    ///
    /// @return how many bytes were taken
    /// @throws CorruptLinkException if the worker sent what cannot be
    int drain() {
        long before = ring.read();
        boolean more;
        do {
            more = body != null ? takeBody() : takeRecords();
        } while (more);
        return (int) (ring.read() - before);
    }

    /// Gives room back to the worker; what was taken is counted before anyone can read it.
    private void release(int count) {
        bytesReceived.add(count);
        ring.release(count);
    }

    /// Takes the complete records at the head that belong to one lease.
    ///
    /// @return whether to go on
    private boolean takeRecords() {
        int available = Math.min(ring.available(), Buffers.LONGEST);
        int at = 0;
        int items = 0;
        boolean allOk = true;
        while (at < available) {
            byte kind = ring.get(at);
            long next = at + recordLength(kind, at, available);
            if (Kind.isBetween(kind) && next <= available) {
                hand(at, items, allOk);
                takeBetween(kind, (int) next - at);
                return true;
            }
            if (next > available) {
                boolean isLong = next - at > LONG_RECORD && next != Long.MAX_VALUE;
                hand(at, items, allOk);
                return isLong && beginBody(kind, next - at);
            }
            items += Kind.isOutcome(kind) ? 1 : 0;
            allOk &= (kind & ~Kind.HUGE) != Kind.FAILED;
            int size = (int) next - at;
            at = (int) next;
            if (kind < Kind.LEASE_END) { // most often all are of one kind, and as long
                int run = ring.countRun(at, kind, size, available - at);
                items += run;
                at += run * size;
            }
        }
        hand(at, items, allOk);
        return false;
    }

    /// Takes a record that is not among the outcomes, at the head.
    private void takeBetween(byte kind, int length) {
        if (kind == Kind.PRINTED) {
            takePrinted(length);
        } else if (kind == Kind.EMITTED) {
            takeEmitted(length);
        } else {
            long nanos = ring.getLong(1);
            release(length);
            end(nanos);
        }
    }

    private void takePrinted(int length) {
        int text = length - PRINTED_HEAD;
        if (text < 0 || text > Kind.MOST_PRINTED) {
            throw new CorruptLinkException(
                    "a worker told of " + text + " bytes that an item had printed");
        }
        long index = ring.getLong(5);
        long cut = ring.getLong(13);
        byte[] bytes = new byte[text];
        ring.copy(PRINTED_HEAD, bytes, 0, text);
        release(length);
        printed(index, bytes, cut);
    }

    private void takeEmitted(int length) {
        int value = length - EMITTED_HEAD;
        if (value < 1 || value > Kind.MOST_EMITTED) {
            throw tooLong(value);
        }
        long index = ring.getLong(5);
        byte[] bytes = new byte[value];
        ring.copy(EMITTED_HEAD, bytes, 0, value);
        release(length);
        var lease = lease();
        long at = index - lease.index();
        boolean due = lease.job().listened() && outcomes < asked(lease) && at >= 0
                && at < lease.count() && (asked(lease) < lease.count() || at == outcomes);
        if (!due) {
            throw new CorruptLinkException("a worker sent a message of item " + index
                    + ", to which nobody listens");
        }
        if (unheard.incrementAndGet() > Credits.MOST) { // they wait in this heap
            throw new CorruptLinkException("a worker sent a message while " + Credits.MOST
                    + " others were unheard");
        }
        lease.emitted(index, bytes, heard);
    }

    private static CorruptLinkException tooLong(long value) {
        return new CorruptLinkException("an item emitted a message of " + value + " bytes");
    }

    /// {@return how long a record is, or more than there can be while its length is not there}
    private long recordLength(byte kind, int at, int available) {
        int fixed;
        try {
            fixed = Kind.bodySize(kind);
        } catch (IllegalArgumentException e) {
            throw new CorruptLinkException(String.valueOf(e.getMessage()));
        }
        if (fixed >= 0) {
            return 1L + fixed;
        }
        int head = (kind & Kind.HUGE) == 0 ? 5 : 9;
        if (available - at < head) {
            return Long.MAX_VALUE - at;
        }
        long length = head == 5 ? ring.getInt(at + 1) : ring.getLong(at + 1);
        if (length < 0 || length > Long.MAX_VALUE / 4) {
            throw new CorruptLinkException("a record claims to be " + length + " bytes long");
        }
        return head + length;
    }

    private void hand(int length, int items, boolean allOk) {
        if (length > 0) {
            byte[] records = buffers.take(length);
            ring.copy(0, records, 0, length);
            release(length);
            replied(records, length, items, allOk);
        }
    }

    // -- long records ------------------------------------------------------------------------

    /// Takes the head of a long record, and makes room for its body as far as it is believed.
    private boolean beginBody(byte kind, long length) {
        if (kind == Kind.PRINTED) {
            throw new CorruptLinkException("a worker told of " + (length - PRINTED_HEAD)
                    + " bytes that an item had printed");
        } else if (kind == Kind.EMITTED) {
            throw tooLong(length - EMITTED_HEAD);
        }
        int head = (kind & Kind.HUGE) == 0 ? 5 : 9;
        failure = (kind & ~Kind.HUGE) == Kind.FAILED;
        if (failure) {
            if (length > LONGEST_FAILURE) {
                throw new CorruptLinkException("a failure claims to be " + length + " bytes long");
            }
            body = new byte[(int) Math.min(length, STEP)];
            bodyLeft = length; // in one piece with its head: it is looked at by whoever retries
        } else {
            byte[] first = new byte[head];
            ring.copy(0, first, 0, head);
            release(head);
            replied(first, head, 0, true);
            bodyLeft = length - head;
            body = new byte[(int) Math.min(bodyLeft, STEP)];
        }
        bodyDone = 0;
        return true;
    }

    private boolean takeBody() {
        var into = java.util.Objects.requireNonNull(body);
        int count = Math.min(Math.min(ring.available(), SLICE), into.length - bodyDone);
        if (count == 0) {
            return false;
        }
        ring.copy(0, into, bodyDone, count);
        release(count);
        bodyDone += count;
        bodyLeft -= count;
        if (bodyDone == into.length) {
            nextPiece(into);
        }
        return true;
    }

    private void nextPiece(byte[] full) {
        boolean last = bodyLeft == 0;
        if (failure && !last) {
            body = Arrays.copyOf(full, (int) Math.min(full.length + bodyLeft, full.length * 2L));
            return;
        }
        body = last ? null : new byte[(int) Math.min(bodyLeft, STEP)];
        bodyDone = 0;
        replied(full, full.length, last ? 1 : 0, !failure);
    }

    // -- the lease ---------------------------------------------------------------------------

    private void replied(byte[] records, int length, int items, boolean allOk) {
        var lease = lease();
        outcomes += items;
        if (outcomes > asked(lease)) {
            throw new CorruptLinkException("a worker sent " + outcomes
                    + " outcomes, but was asked for " + asked(lease));
        }
        // Guard against race with a worker that changes what was looked at: whoever decides about
        // retries walks along these records. Those without a failure are read by their consumer.
        if (!allOk && Records.outcomes(records, length) != items) {
            throw new CorruptLinkException("a worker changed outcomes that it had sent");
        }
        lease.replied(records, length, items, allOk);
    }

    private static int asked(Lease lease) {
        return switch (lease.job().verb()) {
            case MAP, MAP_LONG -> lease.count();
            case FOLD, FOLD_LONG -> 1;
        };
    }

    /// Hands over what an item has printed, once, before its outcome: it would be kept for ever
    /// otherwise.
    private void printed(long index, byte[] text, long cut) {
        var lease = lease();
        long at = index - lease.index();
        boolean due = lease.job().printsWanted() && outcomes < asked(lease) && at > printed
                && at < lease.count() && (asked(lease) < lease.count() || at == outcomes);
        if (!due) {
            throw new CorruptLinkException("a worker told what item " + index
                    + " had printed, which nobody has asked for");
        }
        printed = at;
        lease.printed(index, text, Math.max(0, cut));
    }

    private void end(long nanos) {
        var lease = lease();
        if (outcomes < asked(lease)) {
            link.awaitTakeBack();
        }
        if (outcomes < asked(lease)) { // else their call would wait for the others for ever
            throw new CorruptLinkException("a worker ended a lease after " + outcomes
                    + " outcomes, but was asked for " + asked(lease));
        }
        link.removeFirst();
        outcomes = 0;
        printed = -1;
        lease.ended(Math.max(0, nanos));
    }

    private Lease lease() {
        var lease = link.first();
        if (lease == null) {
            throw new CorruptLinkException("a worker sent an outcome that nobody has asked for");
        }
        return lease;
    }
}
