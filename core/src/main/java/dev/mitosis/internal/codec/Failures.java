package dev.mitosis.internal.codec;

import dev.mitosis.NotReadableException;
import dev.mitosis.spi.Bytes;
import java.io.IOException;
import java.io.ObjectInputFilter;
import org.jspecify.annotations.Nullable;

/// What a function threw, as bytes: a stand-in that can always be read, and the real exception.
final class Failures {
    private static final int LARGEST = 256 << 20; // of a stand-in, against nonsense

    private Failures() {}

    /// Serializes an exception; never fails.
    ///
    /// @param failure the exception
    /// @return the body of a `FAILED` record
    static Bytes encode(Throwable failure) {
        var sink = new ByteSink(4 << 10);
        var mark = sink.mark();
        sink.putInt(0);
        append(sink, Portrait.of(failure));
        sink.patchInt(mark, (int) (sink.size() - 4));
        append(sink, failure);
        return sink.toBytes();
    }

    /// Appends an exception, or nothing if it cannot travel.
    private static void append(ByteSink sink, Throwable failure) {
        try {
            var bytes = JavaWriter.encode(failure);
            for (var piece : bytes.pieces()) {
                sink.putBytes(piece.array(), piece.offset(), piece.length());
            }
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable _) {
            return; // whatever is wrong with the exception, its portrait travels
        }
    }

    /// Reads an exception back.
    ///
    /// @param body the body of a `FAILED` record
    /// @param loader finds classes
    /// @param filter checks what is read, or null
    /// @return the exception, or its stand-in
    /// @throws IOException if the body is corrupt
    static Throwable decode(Bytes body, ClassLoader loader, @Nullable ObjectInputFilter filter)
            throws IOException {
        var source = ByteSource.of(body);
        int length = body.size() < 4 ? -1 : source.readInt();
        long rest = body.size() - 4 - length;
        if (length < 0 || rest < 0 || length > LARGEST) {
            throw new IOException("corrupt: a failure whose stand-in has no length");
        }
        var portrait = source.take(length);
        var standIn = throwable(portrait, RemoteFailure.class.getClassLoader(), Portrait.FILTER);
        var real = rest == 0 ? standIn : throwable(source.take(rest), loader, filter);
        return real instanceof NotReadableException && rest > 0 ? better(real, standIn) : real;
    }

    /// The real exception may be a [NotReadableException] itself, and its stand-in says so.
    private static Throwable better(Throwable real, Throwable standIn) {
        return standIn instanceof NotReadableException ? real : standIn;
    }

    private static Throwable throwable(
            Bytes bytes, ClassLoader loader, @Nullable ObjectInputFilter filter) {
        try {
            return JavaReader.read(bytes, loader, filter) instanceof Throwable e
                    ? e
                    : new NotReadableException("what was thrown is no exception here", null);
        } catch (NotReadableException e) {
            return e;
        }
    }
}
