package dev.mitosis.internal.call;

import dev.mitosis.NotShippableException;
import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.ValueWriter;
import dev.mitosis.spi.Items;
import org.jspecify.annotations.Nullable;

/// One item of the user's; makes little garbage, since whole calls take a few microseconds.
final class SingleInput implements Input {
    private static final int EXPECTED = 64; // bytes

    private final @Nullable Object item;
    private final boolean stays;
    private boolean taken;

    /// Makes an input.
    ///
    /// @param item the item
    /// @param stays whether it does not change until its outcome is there, since its owner waits
    SingleInput(@Nullable Object item, boolean stays) {
        this.item = item;
        this.stays = stays;
    }

    @Override
    public long left() {
        return 1;
    }

    @Override
    public @Nullable Cut cut(int most) {
        if (taken) {
            return null;
        }
        taken = true;
        var sink = stays ? new ByteSink(EXPECTED) : new ByteSink(EXPECTED).copyArrays();
        try {
            new ValueWriter(sink).write(item);
        } catch (NotShippableException e) {
            return new Cut(e);
        }
        boolean isShort = sink.isSimple() && sink.size() < ByteSink.KEEP;
        var bytes = isShort ? sink.copy() : sink.toBytes();
        return new Cut(new Items.Values(bytes), 1, bytes.size());
    }
}
