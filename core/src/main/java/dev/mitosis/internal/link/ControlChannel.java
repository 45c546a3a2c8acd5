package dev.mitosis.internal.link;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;

/// The control socket: messages of [Control], one after another, each way.
public final class ControlChannel implements AutoCloseable {
    /// The longest message that is believed, unless it is a parent's.
    public static final int LONGEST = 128 << 20;

    private static final int STEP = 1 << 20;

    private final SocketChannel socket;
    private final int longest;
    private final ReentrantLock writing = new ReentrantLock();

    /// Makes a channel of a connected socket.
    ///
    /// @param socket the socket
    public ControlChannel(SocketChannel socket) {
        this(socket, LONGEST);
    }

    private ControlChannel(SocketChannel socket, int longest) {
        this.socket = socket;
        this.longest = longest;
    }

    /// Makes a channel whose other side may send messages of any length, as a parent may, which
    /// sends what its user gives it.
    ///
    /// @param socket the socket, connected
    /// @return the channel
    public static ControlChannel toParent(SocketChannel socket) {
        return new ControlChannel(socket, Integer.MAX_VALUE);
    }

    /// Returns an empty message with room for a body; write the body, then send it.
    ///
    /// @param type the type
    /// @param body how long the body is
    /// @return the message, positioned where the body begins
    public static ByteBuffer message(byte type, int body) {
        return ByteBuffer.allocate(5 + body).order(ByteOrder.LITTLE_ENDIAN)
                .putInt(1 + body).put(type);
    }

    /// Sends a message; waits as long as the other side does not read. For many threads.
    ///
    /// @param message the message, complete
    /// @throws IOException if the other side is gone
    public void send(ByteBuffer message) throws IOException {
        message.flip();
        writing.lock();
        try {
            while (message.hasRemaining()) {
                socket.write(message);
            }
        } finally {
            writing.unlock();
        }
    }

    /// Waits for a message; for one thread.
    ///
    /// @return the message: its type, then its body
    /// @throws EOFException if the other side is gone
    /// @throws ProtocolException if the message cannot be believed
    /// @throws IOException if the socket fails
    public ByteBuffer receive() throws IOException {
        int length = read(4).getInt();
        if (length < 1 || length > longest) {
            throw new ProtocolException("a message claims to be " + length + " bytes long");
        }
        var message = read(Math.min(length, STEP));
        while (message.limit() < length) {
            // a long claim is believed only as far as bytes really come
            var more = read(Math.min(length - message.limit(), message.limit()));
            message = ByteBuffer.allocate(message.limit() + more.limit())
                    .order(ByteOrder.LITTLE_ENDIAN).put(message).put(more).flip();
        }
        return message;
    }

    /// Waits for so many bytes.
    ///
    /// @param count how many
    /// @return the bytes
    /// @throws EOFException if the other side is gone
    /// @throws IOException if the socket fails
    public ByteBuffer read(int count) throws IOException {
        var bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (socket.read(bytes) < 0) {
                throw new EOFException("the other side is gone");
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
