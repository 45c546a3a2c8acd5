package dev.mitosis.internal.link;

import java.nio.ByteBuffer;

/// Which of the items that a worker was given it will run, and which it must not any more; two
/// words, so that each item is on exactly one side.
///
/// ```text
/// | claimed |   the ticket up to which the worker runs items, unless a limit is below it
/// | limit   |   the ticket from which they are the parent's again; 0: none, ASKED: to be settled
/// ```
/// The worker claims a few items ahead: it says so, then looks for a limit. The parent says that it
/// asks for one, then looks at what is claimed. Each has a full fence between (Dekker, 1965), so
/// one of them at least sees the other. A worker that sees nothing has what it claimed, and goes on
/// without a compare-and-set, which a new worker takes long to interpret and to compile. A question
/// is settled by a compare-and-set: by the parent at what it saw, or by a worker that comes first
/// at what it has just claimed. Nobody waits. A limit stands until the worker reads that it may go
/// on. What is claimed may be above it, and never above what was given: tickets only grow.
public final class Claims {
    private static final long NONE = 0;
    private static final long ASKED = -1;

    private final Words words;
    private final int claimedAt;
    private final int limitAt;

    Claims(ByteBuffer memory, int claimedAt, int limitAt) {
        words = new Words(memory);
        this.claimedAt = claimedAt;
        this.limitAt = limitAt;
    }

    /// Claims items; for the worker.
    ///
    /// @param ticket the first
    /// @param count how many at most
    /// @return how many, from the first on; 0 if they were taken back
    public int claim(long ticket, int count) {
        words.store(claimedAt, ticket + count);
        long limit = words.acquire(limitAt);
        return limit == NONE ? count : claimAgainst(limit, ticket, count);
    }

    private int claimAgainst(long seen, long ticket, int count) {
        long limit = seen;
        while (limit == ASKED) {
            words.cas(limitAt, ASKED, ticket + count);
            limit = words.acquire(limitAt);
        }
        return limit == NONE ? count : (int) Math.max(0, Math.min(count, limit - ticket));
    }

    /// Takes back what is not claimed; for the parent, one thread at a time, which gives nothing
    /// meanwhile.
    ///
    /// @param first the ticket of the first item that the worker may not be through with
    /// @param end the ticket after the last that it was given
    /// @return the ticket of the first item that it will not run, or -1 if there is none
    public long takeBack(long first, long end) {
        // By the handle used below: if that cannot be linked, for want of heap, nothing is asked.
        if (!words.cas(limitAt, NONE, ASKED)) {
            return -1;
        }
        long claimed = Math.max(first, words.acquire(claimedAt));
        words.cas(limitAt, ASKED, claimed);
        long limit = words.acquire(limitAt);
        if (limit < end) {
            return Math.max(first, limit);
        }
        words.store(limitAt, NONE);
        return -1;
    }

    /// Lifts the limit; for the worker, once it is past all that was taken back.
    public void resume() {
        words.store(limitAt, NONE);
    }
}
