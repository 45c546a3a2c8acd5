package dev.mitosis.bench.parts;

import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.ByteSource;
import dev.mitosis.internal.codec.ValueWriter;
import java.util.Arrays;

/// A stream that consists of one value, again and again, in windows like those of a worker.
final class EndlessSource extends ByteSource {
    private static final int WINDOW = 64 << 10;

    private final byte[] values;
    private byte[] next; // the first window differs: it tells the value's shape, if it has one

    /// Makes the stream.
    ///
    /// @param value the value
    EndlessSource(Object value) {
        var sink = new ByteSink(WINDOW);
        var writer = new ValueWriter(sink);
        writer.write(value);
        next = bytes(sink);
        sink.clear();
        do {
            writer.write(value);
        } while (sink.size() < WINDOW);
        values = bytes(sink);
    }

    private static byte[] bytes(ByteSink sink) {
        if (!sink.isSimple()) {
            throw new IllegalArgumentException("a value that is not copied into the sink");
        }
        return Arrays.copyOf(sink.buffer(), (int) sink.size());
    }

    @Override
    protected boolean refill() {
        window(next, 0, next.length);
        next = values;
        return true;
    }
}
