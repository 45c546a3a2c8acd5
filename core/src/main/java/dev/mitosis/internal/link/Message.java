package dev.mitosis.internal.link;

import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.spi.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One message of a connection between two processes, of any length; it comes whole or not at all.
///
/// ```text
///  0                8      9
///  +----------------+------+---------- -
///  | length of body | kind | body ...
/// ```
/// Little-endian.
///
/// @param kind what its body is
/// @param body not to be changed any more
public record Message(Kind kind, Bytes body) {
    /// What the body of a message is.
    public enum Kind {
        /// One value, as [dev.mitosis.internal.codec.ValueWriter] writes it.
        OBJECT(0),

        /// Bytes as they are.
        BYTES(1);

        /// Its number in the head.
        final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        static @Nullable Kind of(byte code) {
            return switch (code) {
                case 0 -> OBJECT;
                case 1 -> BYTES;
                default -> null;
            };
        }
    }

    /// {@return a message with all that a sink holds, which is not used after that}
    ///
    /// The sink keeps long arrays of the user's as they are, who may change them when the message
    /// was sent, and before it has arrived: such are copied here.
    ///
    /// @param sink holds one value
    public static Message object(ByteSink sink) {
        boolean isAllOurs = sink.copied() == sink.size();
        var bytes = sink.toBytes();
        return new Message(Kind.OBJECT, isAllOurs ? bytes : copy(bytes));
    }

    private static Bytes copy(Bytes bytes) {
        return new Bytes(bytes.pieces().stream().map(Message::copy).toList(), bytes.size());
    }

    private static Bytes.Piece copy(Bytes.Piece piece) {
        var copy = Arrays.copyOfRange(
                piece.array(), piece.offset(), piece.offset() + piece.length());
        return new Bytes.Piece(copy, 0, copy.length);
    }
}
