package dev.mitosis.internal.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// Two sockets that wake the other side: one byte is one ring.
///
/// Ringing never blocks: if the socket is full, the bell has been rung already.
public final class Bell implements AutoCloseable {
    private final SocketChannel out;
    private final SocketChannel in;
    private final ByteBuffer ring = ByteBuffer.allocateDirect(1);
    private final ByteBuffer heard = ByteBuffer.allocateDirect(64);

    /// Makes a bell of two connected sockets.
    ///
    /// @param out rings the other side
    /// @param in is rung by it
    /// @throws IOException if a socket is closed
    public Bell(SocketChannel out, SocketChannel in) throws IOException {
        this.out = out;
        this.in = in;
        out.configureBlocking(false);
    }

    /// Wakes the other side; for many threads.
    ///
    /// @throws IOException if it is gone
    public void ring() throws IOException {
        synchronized (ring) {
            ring.clear();
            out.write(ring);
        }
    }

    /// Sleeps until the bell is rung; for one thread.
    ///
    /// @return false if the other side is gone
    /// @throws IOException if the socket fails
    public boolean sleep() throws IOException {
        heard.clear();
        return in.read(heard) >= 0;
    }

    @Override
    public void close() throws IOException {
        try (in) {
            out.close();
        }
    }
}
