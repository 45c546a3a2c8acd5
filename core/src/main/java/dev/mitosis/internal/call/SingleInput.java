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
    private boolean taken;

    SingleInput(@Nullable Object item) {
        this.item = item;
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
        var sink = new ByteSink(EXPECTED);
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
