package dev.mitosis.internal.call;

import dev.mitosis.LongRange;
import dev.mitosis.spi.Items;
import org.jspecify.annotations.Nullable;

/// A range, cut by arithmetic; its numbers are produced in the workers.
final class RangeInput implements Input {
    private final long to;
    private long next;

    RangeInput(LongRange range) {
        next = range.from();
        to = range.to();
    }

    @Override
    public @Nullable Cut cut(int most) {
        if (next == to) {
            return null;
        }
        int count = (int) Math.min(most, to - next);
        var cut = new Cut(new Items.Range(next), count, 0);
        next += count;
        return cut;
    }

    @Override
    public long left() {
        return to - next;
    }
}
