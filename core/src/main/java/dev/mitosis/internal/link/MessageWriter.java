package dev.mitosis.internal.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;

/// Writes one [Message] after another to a socket; for one thread, which nobody interrupts.
public final class MessageWriter {
    // what is longer the JDK would copy into a buffer just as long, outside the heap
    private static final int STEP = 64 << 10;

    private final SocketChannel socket;
    private final ByteBuffer buffer = ByteBuffer.allocate(STEP).order(ByteOrder.LITTLE_ENDIAN);

    /// Makes a writer.
    ///
    /// @param socket a connected socket
    public MessageWriter(SocketChannel socket) {
        this.socket = socket;
    }

    /// Writes a message; waits as long as the other side does not read.
    ///
    /// @param message the message
    /// @throws IOException if the other side is gone
    public void write(Message message) throws IOException {
        buffer.putLong(message.body().size()).put(message.kind().code);
        for (var piece : message.body().pieces()) {
            int end = piece.offset() + piece.length();
            for (int at = piece.offset(); at < end; ) {
                int part = Math.min(end - at, buffer.remaining());
                buffer.put(piece.array(), at, part);
                at += part;
                if (!buffer.hasRemaining()) {
                    flush();
                }
            }
        }
        flush();
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            socket.write(buffer);
        }
        buffer.clear();
    }
}
