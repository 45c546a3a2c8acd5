package dev.mitosis.share;

import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.ByteSource;
import dev.mitosis.internal.codec.ValueReader;
import dev.mitosis.internal.codec.ValueWriter;
import dev.mitosis.internal.hosting.Hosting;
import dev.mitosis.spi.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/// What hosted queues and maps hold: the bytes of values, of which each who asks gets a copy, the
/// hosting process too.
final class Copies {
    private Copies() {}

    /// {@return a value as bytes}
    ///
    /// @param value the value, not null
    /// @throws dev.mitosis.NotShippableException if it cannot travel
    static byte[] bytes(Object value) {
        Objects.requireNonNull(value, "value");
        var sink = new ByteSink(128);
        new ValueWriter(sink).write(value);
        return sink.toBytes().toArray();
    }

    /// {@return a copy of a value}
    ///
    /// @param <T> its type
    /// @param bytes the value as bytes
    /// @param hosted what has held them, whose filter is asked if this process hosts it
    /// @throws dev.mitosis.NotReadableException if it cannot be read back here
    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"}) // as it was put in
    static <T> T value(byte[] bytes, Object hosted) {
        try {
            var loader = Thread.currentThread().getContextClassLoader();
            return (T) new ValueReader(
                    ByteSource.of(Bytes.of(bytes)), loader, Hosting.filter(hosted)).read();
        } catch (IOException e) {
            throw new UncheckedIOException("a shared value is corrupt", e);
        }
    }
}
