package dev.mitosis.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// Says to the process that an end has travelled from that it is used here, once it is.
///
/// Several processes may read one function, and only one of them runs it: so it is not who has read
/// an end first that gets it.
final class Claim {
    // written under the monitor of this, read by any
    private volatile boolean used;

    // guarded by the monitor of this
    private @Nullable SocketChannel socket;

    /// Says it, unless it was said; for any thread, none of which waits.
    void use() {
        if (!used) {
            useFirst();
        }
    }

    private synchronized void useFirst() {
        if (!used && socket != null) {
            sayTo(socket);
        }
        used = true;
    }

    /// Learns where to say it.
    synchronized void connected(SocketChannel to) {
        socket = to;
        if (used) {
            sayTo(to);
        }
    }

    /// On a thread of its own, which nobody interrupts.
    private static void sayTo(SocketChannel to) {
        Thread.ofVirtual().name("mitosis-claim").start(() -> say(to));
    }

    private static void say(SocketChannel to) {
        try {
            to.write(ByteBuffer.allocate(1));
        } catch (IOException e) {
            Patience.closeQuietly(to); // who waits for the answer learns that there is none
        }
    }
}
