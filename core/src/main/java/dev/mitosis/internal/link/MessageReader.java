package dev.mitosis.internal.link;

import dev.mitosis.internal.codec.ByteSource;
import dev.mitosis.spi.Bytes;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Reads one [Message] after another from a socket; for one thread, which nobody interrupts.
///
/// A claim of length is believed only as far as bytes really come: memory is made in steps, the
/// first of 64 KiB, and each at most as long as what has arrived before.
public final class MessageReader {
    private static final int WINDOW = 64 << 10;
    private static final int LONGEST_PIECE = 16 << 20;
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final Window source;

    /// Makes a reader of all that comes from now on.
    ///
    /// @param socket a connected socket
    public MessageReader(SocketChannel socket) {
        source = new Window(socket);
    }

    /// Waits for a message.
    ///
    /// @return the message, or null if the other side has ended after the one before
    /// @throws java.io.EOFException if it has ended within one
    /// @throws ProtocolException if there cannot be such a message
    /// @throws IOException if the socket fails
    public @Nullable Message next() throws IOException {
        if (!source.hasMore()) {
            return null;
        }
        long length = source.readLong();
        byte code = source.readByte();
        var kind = Message.Kind.of(code);
        if (kind == null || length < 0
                || length > LONGEST_ARRAY && kind == Message.Kind.BYTES) {
            throw new ProtocolException("corrupt: a message of kind " + code
                    + " claims to be " + length + " bytes long");
        }
        return new Message(kind, body(length));
    }

    private Bytes body(long length) throws IOException {
        var pieces = new ArrayList<Bytes.Piece>();
        for (long done = 0; done < length; ) {
            long step = Math.min(Math.max(WINDOW, done), LONGEST_PIECE);
            byte[] piece = new byte[(int) Math.min(length - done, step)];
            source.readFully(piece, 0, piece.length);
            pieces.add(new Bytes.Piece(piece, 0, piece.length));
            done += piece.length;
        }
        return new Bytes(pieces, length);
    }

    private static final class Window extends ByteSource {
        private final SocketChannel socket;
        private final byte[] array = new byte[WINDOW];

        Window(SocketChannel socket) {
            this.socket = socket;
        }

        @Override
        protected boolean refill() throws IOException {
            int count = socket.read(ByteBuffer.wrap(array));
            if (count <= 0) {
                return false;
            }
            window(array, 0, count);
            return true;
        }
    }
}
