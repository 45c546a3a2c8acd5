package dev.mitosis.process;

import dev.mitosis.internal.link.ControlChannel;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;

/// How two processes show each other that they have the same key, without a word about it.
///
/// ```text
///   listener                                                   client
///      | "mitosis1", 8 bytes | nonce s, 32 |         ────►
///                    ◄────   | nonce c, 32 | HMAC("mitosis client" s c), 32 |
///      | 1, byte | HMAC("mitosis listener" s c), 32 | ────►
///   or | 0, byte |
/// ```
/// The HMAC is of SHA-256. Both nonces are in both proofs, so none is good in another handshake;
/// the roles are, so none is good in the other direction; and they are compared in constant time.
final class Handshake {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final byte[] GREETING = "mitosis1".getBytes(StandardCharsets.US_ASCII);
    static final String CLIENT = "mitosis client";
    static final String LISTENER = "mitosis listener";
    static final int NONCE = 32;
    static final int PROOF = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Handshake() {}

    /// Lets a client in, if it knows the key; on a thread that nobody interrupts.
    ///
    /// @throws AuthenticationException if it does not
    /// @throws IOException if it goes away, or is too slow
    static void listen(SocketChannel socket, Secret key) throws IOException {
        within(socket, PATIENCE, () -> answer(socket, key));
    }

    /// Has a listener let this process in, if that knows the key; on a thread that nobody
    /// interrupts.
    ///
    /// @throws AuthenticationException if it does not, or says that this process does not
    /// @throws IOException if it goes away, or is too slow
    static void call(SocketChannel socket, Secret key) throws IOException {
        within(socket, PATIENCE, () -> ask(socket, key));
    }

    private static void answer(SocketChannel socket, Secret key) throws IOException {
        byte[] mine = nonce();
        write(socket, GREETING, mine);
        byte[] theirs = read(socket, NONCE);
        byte[] proof = read(socket, PROOF);
        if (!MessageDigest.isEqual(proof, key.proof(CLIENT, mine, theirs))) {
            write(socket, new byte[] {0});
            throw new AuthenticationException(
                    "a client was turned away: it does not have the key of this listener");
        }
        write(socket, new byte[] {1}, key.proof(LISTENER, mine, theirs));
    }

    private static void ask(SocketChannel socket, Secret key) throws IOException {
        if (!MessageDigest.isEqual(read(socket, GREETING.length), GREETING)) {
            throw new ProtocolException("who listens there is not a Listener of this version");
        }
        byte[] theirs = read(socket, NONCE);
        byte[] mine = nonce();
        write(socket, mine, key.proof(CLIENT, theirs, mine));
        if (read(socket, 1)[0] == 0) {
            throw new AuthenticationException(
                    "the listener has turned this client away: its key is another");
        }
        if (!MessageDigest.isEqual(read(socket, PROOF), key.proof(LISTENER, theirs, mine))) {
            throw new AuthenticationException(
                    "who listens there does not have the key, and only claims to have it");
        }
    }

    private static byte[] nonce() {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        return nonce;
    }

    private static byte[] read(SocketChannel socket, int count) throws IOException {
        byte[] bytes = new byte[count];
        new ControlChannel(socket).read(count).get(bytes);
        return bytes;
    }

    private static void write(SocketChannel socket, byte[]... parts) throws IOException {
        var all = ByteBuffer.allocate(GREETING.length + NONCE + PROOF);
        for (byte[] part : parts) {
            all.put(part);
        }
        all.flip();
        while (all.hasRemaining()) {
            socket.write(all);
        }
    }

    /// A conversation of its own.
    @FunctionalInterface
    interface Talk {
        void run() throws IOException;
    }

    /// Closes the socket when that takes too long, or fails.
    static void within(SocketChannel socket, Duration patience, Talk talk) throws IOException {
        try (var _ = Patience.of(patience, socket)) {
            talk.run();
            if (!(socket.getLocalAddress() instanceof UnixDomainSocketAddress)) {
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
        } catch (ClosedChannelException e) {
            var late = new SocketTimeoutException(
                    "the other side did not answer within " + patience);
            late.initCause(e);
            throw late;
        } catch (IOException | RuntimeException e) {
            Patience.closeQuietly(socket);
            throw e;
        }
    }
}
