package dev.mitosis.internal.codec;

import dev.mitosis.NotReadableException;
import dev.mitosis.NotShippableException;
import dev.mitosis.spi.Bytes;
import java.io.IOException;
import java.io.ObjectInputFilter;
import org.jspecify.annotations.Nullable;

/// What a function threw, as bytes: a stand-in that can always be read, and the real exception.
final class Failures {
    private static final int LARGEST = 256 << 20; // of a stand-in, against nonsense
    private static final long MOST = 1 << 30; // so that both parts go into one array

    private Failures() {}

    /// Serializes an exception; never fails.
    ///
    /// @param failure the exception
    /// @return the body of a `FAILED` record
    static Bytes encode(Throwable failure) {
        return encode(failure, MOST);
    }

    /// Serializes an exception; never fails.
    ///
    /// @param failure the exception
    /// @param most how many bytes it may have; of a larger one only the stand-in travels
    /// @return the body of a `FAILED` record
    static Bytes encode(Throwable failure, long most) {
        var portrait = Portrait.of(failure);
        var real = serialized(failure);
        if (real.size() > most) {
            portrait.addSuppressed(new NotShippableException("the exception itself has "
                    + real.size() + " bytes when it is serialized, more than the " + most
                    + " that may travel; this stands in for it", null));
            real = Bytes.EMPTY;
        }
        var standIn = serialized(portrait);
        var sink = new ByteSink(4 << 10);
        sink.putInt((int) standIn.size());
        append(sink, standIn);
        append(sink, real);
        return sink.toBytes();
    }

    private static void append(ByteSink sink, Bytes bytes) {
        for (var piece : bytes.pieces()) {
            sink.putBytes(piece.array(), piece.offset(), piece.length());
        }
    }

    /// {@return an exception as bytes, or nothing if it cannot travel}
    private static Bytes serialized(Throwable failure) {
        try {
            return JavaWriter.encode(failure);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable _) {
            return Bytes.EMPTY; // whatever is wrong with the exception, its portrait travels
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
        if (real instanceof NotReadableException && rest > 0) {
            return better(real, standIn);
        }
        return speaks(real) ? real : standIn;
    }

    /// What reports an exception asks it for its text: one that has left behind what it needs for
    /// that would be reported by what it throws then.
    private static boolean speaks(Throwable real) {
        try {
            var _ = real.toString();
            return true;
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable _) {
            return false;
        }
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
