package dev.mitosis.internal.broadcast;

import dev.mitosis.internal.Gone;
import dev.mitosis.internal.StandIn;
import dev.mitosis.internal.Uninterrupted;
import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.ValueWriter;
import dev.mitosis.internal.launch.SharedFiles;
import dev.mitosis.share.Shared;
import dev.mitosis.spi.Bytes;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A value as whoever shares it has it: the value itself, and a file that workers read.
///
/// @param <T> the type of the value
public final class Broadcast<T> implements Shared<T>, StandIn.Source {
    @Serial
    private static final long serialVersionUID = 1;

    private static final long SPARE = 64L << 20; // of memory, for the rings of pools

    private final transient SharedFiles files;
    private final transient Path file;
    private final transient long size;
    private final transient AtomicBoolean closed = new AtomicBoolean();
    private final transient Consumer<Broadcast<?>> whenClosed;
    private transient volatile @Nullable T value; // until it is closed

    private Broadcast(SharedFiles files, Path file, long size, T value,
            Consumer<Broadcast<?>> whenClosed) {
        this.files = files;
        this.file = file;
        this.size = size;
        this.value = value;
        this.whenClosed = whenClosed;
    }

    /// Shares a value.
    ///
    /// @param <T> the type of the value
    /// @param value the value
    /// @param whenClosed is told when it is closed
    /// @return what is to be closed
    /// @throws dev.mitosis.NotShippableException if it cannot travel; names the path of fields
    /// @throws UncheckedIOException if there is no room for it
    public static <T> Broadcast<T> of(T value, Consumer<Broadcast<?>> whenClosed) {
        var sink = new ByteSink(1 << 10);
        new ValueWriter(sink).write(value);
        var bytes = sink.toBytes();
        try {
            var files = SharedFiles.IN_MEMORY.room() >= bytes.size() + SPARE
                    ? SharedFiles.IN_MEMORY : SharedFiles.IN_TEMP;
            var file = files.create();
            try {
                Uninterrupted.run(() -> write(bytes, file));
            } catch (IOException | RuntimeException | Error e) {
                files.delete(file);
                throw e;
            }
            var made = new Broadcast<>(files, file, bytes.size(), value, whenClosed);
            Arrivals.HERE.own(file, made);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("a value of " + bytes.size()
                    + " bytes cannot be shared: " + e.getMessage(), e);
        }
    }

    private static long write(Bytes bytes, Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (var piece : bytes.pieces()) {
                var buffer = ByteBuffer.wrap(piece.array(), piece.offset(), piece.length());
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            return bytes.size();
        }
    }

    @Override
    @SuppressWarnings("NullAway") // null is a legal value
    public T get() {
        var known = value;
        if (closed.get()) {
            throw closed();
        }
        return known;
    }

    private IllegalStateException closed() {
        return new IllegalStateException("this shared value was closed");
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            value = null;
            Arrivals.HERE.disown(file);
            whenClosed.accept(this);
            try {
                files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                Gone.tell();
            }
        }
    }

    @Override
    public String toString() {
        return "Shared[" + size + " bytes in " + file + "]";
    }

    @Override
    public Record standIn() {
        if (closed.get()) {
            throw closed();
        }
        return new BroadcastHandle(file.toString());
    }

    @Serial
    private Object writeReplace() {
        return standIn();
    }

    @Serial
    private Object readResolve() throws InvalidObjectException {
        throw new InvalidObjectException("a shared value is read from its handle");
    }
}
