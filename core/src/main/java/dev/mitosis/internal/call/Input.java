package dev.mitosis.internal.call;

import dev.mitosis.spi.Items;
import org.jspecify.annotations.Nullable;

/// Where the items of a call come from; for one thread, the call's feeder.
interface Input {
    /// Items cut off the input.
    ///
    /// @param items the items as they travel; null if the one item cannot
    /// @param count how many
    /// @param refusal why the one item cannot travel, or null
    /// @param bytes how many bytes they are
    /// @param lent the array that holds them all, if it may be used again after that
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Cut(@Nullable Items items, int count, @Nullable Throwable refusal, long bytes,
            byte @Nullable [] lent) {
        Cut(Items items, int count, long bytes) {
            this(items, count, null, bytes, null);
        }

        Cut(Throwable refusal) {
            this(null, 1, refusal, 0, null);
        }
    }

    /// Takes the next items.
    ///
    /// @param most how many at most
    /// @return the items, or null at the end
    @Nullable Cut cut(int most);

    /// {@return whether more items than fit into a frame may be cut at once}
    default boolean hasFrames() {
        return false;
    }

    /// {@return how many items are left at most}
    long left();
}
