package dev.mitosis.internal.link;

import java.nio.ByteBuffer;

/// Which of the items that a worker was given it will run, and which it must not any more; one
/// word that both sides change by compare-and-set, so that each item is on exactly one side.
///
/// ```text
/// | limit, int | claimed, int |    the lower halves of tickets; a limit of 0 is none
/// ```
/// The worker claims a few items ahead, the parent sets a limit at what is claimed: what is above
/// is its own again. The limit stands until the worker reads that it may go on.
public final class Claims {
    private static final long LOW = 0xffff_ffffL;

    private final Words words;
    private final int offset;

    Claims(ByteBuffer memory, int offset) {
        words = new Words(memory);
        this.offset = offset;
    }

    private long word() {
        return words.acquire(offset);
    }

    private boolean cas(long expected, int limit, int claimed) {
        long word = (long) limit << 32 | claimed & LOW;
        return words.cas(offset, expected, word);
    }

    /// Claims items; for the worker.
    ///
    /// @param ticket the first
    /// @param count how many at most
    /// @return how many, from the first on; 0 if they were taken back
    public int claim(long ticket, int count) {
        while (true) {
            long word = word();
            int limit = (int) (word >>> 32);
            int most = limit == 0 ? count : Math.min(count, limit - (int) ticket);
            if (most <= 0) {
                return 0;
            }
            if (cas(word, limit, (int) ticket + most)) {
                return most;
            }
        }
    }

    /// Takes back what is not claimed; for the parent.
    ///
    /// @param first the ticket of the first item that the worker may not be through with
    /// @param end the ticket after the last that it was given
    /// @return the ticket of the first item that it will not run, or -1 if there is none
    public long takeBack(long first, long end) {
        while (true) {
            long word = word();
            int ahead = (int) word - (int) first; // of first, how many are claimed
            long from = first + Math.max(0, ahead);
            if (word >>> 32 != 0 || from >= end || (int) from == 0) {
                return -1;
            }
            if (cas(word, (int) from, (int) word)) {
                return from;
            }
        }
    }

    /// Lifts the limit; for the worker, once it is past all that was taken back.
    public void resume() {
        long word;
        do {
            word = word();
        } while (!cas(word, 0, (int) word));
    }
}
