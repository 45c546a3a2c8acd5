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
    private boolean within; // whether a part of a message is written, and its rest is not

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
        buffer.clear(); // the last one may have failed before it was written
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
        within = false;
    }

    /// {@return whether the last message failed when a part of it was written: the other side takes
    /// whatever comes now for its rest}
    public boolean isWithinMessage() {
        return within;
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            socket.write(buffer); // which asks for memory before it writes anything
            within = true;
        }
        buffer.clear();
    }
}
