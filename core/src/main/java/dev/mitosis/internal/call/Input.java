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
    record Cut(@Nullable Items items, int count, @Nullable Throwable refusal, long bytes) {}

    /// Takes the next items.
    ///
    /// @param most how many at most
    /// @return the items, or null at the end
    @Nullable Cut cut(int most);

    /// {@return how many items are left at most}
    long left();

    /// {@return a number of items that the user has named, for the summary of one; by default none}
    default boolean isRange() {
        return false;
    }
}
