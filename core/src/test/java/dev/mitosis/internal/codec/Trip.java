package dev.mitosis.internal.codec;

import dev.mitosis.spi.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The way of a value through bytes and back.
final class Trip {
    static final ClassLoader LOADER = Trip.class.getClassLoader();

    private Trip() {}

    static Bytes write(Object... values) {
        var sink = new ByteSink(16);
        var writer = new ValueWriter(sink);
        for (var value : values) {
            writer.write(value);
        }
        return sink.toBytes();
    }

    static ValueReader reader(Bytes bytes) {
        return reader(bytes, LOADER);
    }

    static ValueReader reader(Bytes bytes, ClassLoader loader) {
        return new ValueReader(ByteSource.of(bytes), loader, null);
    }

    @SuppressWarnings("unchecked")
    static <T> T of(T value) {
        try {
            var source = ByteSource.of(write(value));
            var copy = (T) new ValueReader(source, LOADER, null).read();
            if (source.hasMore()) {
                throw new AssertionError("bytes are left");
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static <T> T function(T function) {
        return (T) Functions.decode(Functions.encode(function), LOADER);
    }

    static Throwable failure(Throwable failure) throws IOException {
        var sink = new ByteSink(16);
        new ValueWriter(sink).writeFailure(failure);
        return reader(sink.toBytes()).readFailure();
    }

    static byte[] array(Bytes bytes) throws IOException {
        var array = new byte[(int) bytes.size()];
        ByteSource.of(bytes).readFully(array, 0, array.length);
        return array;
    }
}
