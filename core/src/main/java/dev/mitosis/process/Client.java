package dev.mitosis.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// Connects to a [Listener], most often of another process.
public final class Client {
    private Client() {}

    /// Connects, and has both sides show that they have the same key.
    ///
    /// Takes ten seconds at most. Messages are not encrypted: over a network that others read,
    /// tunnel them.
    ///
    /// @param address a [UnixDomainSocketAddress] or an [InetSocketAddress]
    /// @param key the key of the listener
    /// @return the connection, to be closed
    /// @throws AuthenticationException if the keys differ, whichever side finds that out
    /// @throws IOException if nobody listens there, or nobody answers in time
    /// @throws dev.mitosis.CallInterruptedException if this thread is interrupted
    public static Connection connect(SocketAddress address, Secret key) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw Conversation.interrupted("connect to " + address);
        }

        var socket = SocketChannel.open(family(address));
        var attempt = new FutureTask<>(() -> connect(socket, address, key));
        Thread.ofVirtual().name("mitosis-connect").start(attempt);
        try {
            return attempt.get();
        } catch (InterruptedException e) {
            Patience.closeQuietly(socket);
            throw Conversation.interrupted("connect to " + address);
        } catch (ExecutionException e) {
            throw failure(address, e.getCause());
        }
    }

    /// On a thread of its own, which nobody interrupts.
    private static Connection connect(SocketChannel socket, SocketAddress address, Secret key)
            throws IOException {
        Handshake.within(socket, Handshake.PATIENCE, () -> socket.connect(address));
        Handshake.call(socket, key);
        return Conversation.over(() -> socket);
    }

    private static IOException failure(SocketAddress address, @Nullable Throwable cause) {
        return switch (cause) {
            case AuthenticationException e -> e;
            case IOException e -> new IOException(
                    "cannot connect to " + address + ": " + e.getMessage(), e);
            case RuntimeException e -> throw e;
            case null, default -> throw new IllegalStateException(cause);
        };
    }

    /// {@return the kind of socket that an address is of}
    static StandardProtocolFamily family(SocketAddress address) {
        return switch (address) {
            case UnixDomainSocketAddress _ -> StandardProtocolFamily.UNIX;
            case InetSocketAddress inet when inet.getAddress() instanceof java.net.Inet6Address ->
                    StandardProtocolFamily.INET6;
            case InetSocketAddress _ -> StandardProtocolFamily.INET;
            default -> throw new IllegalArgumentException("an address is an InetSocketAddress or a"
                    + " UnixDomainSocketAddress, got " + address);
        };
    }
}
