package dev.mitosis.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.testing.Calls;
import dev.mitosis.testing.LeakCheck;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Both sides against each other, and each against somebody who only pretends.
@ExtendWith(LeakCheck.class)
class HandshakeTest {
    private static final int GREETING = 8 + 32;
    private static final int ANSWER = 32 + 32;

    private final Secret key = Secret.of("key".getBytes(StandardCharsets.UTF_8));
    private final Secret another = Secret.of("kex".getBytes(StandardCharsets.UTF_8));
    private SocketChannel one;
    private SocketChannel other;

    @BeforeEach
    void connect(@TempDir Path folder) throws IOException {
        var address = UnixDomainSocketAddress.of(folder.resolve("s"));
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address)) {
            one = SocketChannel.open(address);
            other = server.accept();
        }
    }

    @AfterEach
    void disconnect() throws IOException {
        one.close();
        other.close();
    }

    private Future<?> listen(SocketChannel socket) {
        return Calls.start(() -> {
            Handshake.listen(socket, key);
            return null;
        });
    }

    private Future<?> call(SocketChannel socket, Secret with) {
        return Calls.start(() -> {
            Handshake.call(socket, with);
            return null;
        });
    }

    private static byte[] read(SocketChannel socket, int count) throws IOException {
        var bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (socket.read(bytes) < 0) {
                throw new EOFException();
            }
        }
        return bytes.array();
    }

    private static void write(SocketChannel socket, byte[]... parts) throws IOException {
        for (byte[] part : parts) {
            socket.write(ByteBuffer.wrap(part));
        }
    }

    private static byte[] nonceOf(byte[] greeting) {
        return Arrays.copyOfRange(greeting, 8, GREETING);
    }

    @Test
    void who_has_the_same_key_gets_in() throws Exception {
        var listener = listen(one);
        call(other, key).get();
        listener.get();
    }

    @Test
    void another_key_is_an_authentication_exception_on_both_sides() {
        var listener = listen(one);
        var client = call(other, another);
        assertEquals("a client was turned away: it does not have the key of this listener",
                Calls.failureOf(listener, AuthenticationException.class).getMessage());
        assertEquals("the listener has turned this client away: its key is another",
                Calls.failureOf(client, AuthenticationException.class).getMessage());
    }

    @Test
    void the_key_and_its_proofs_are_not_on_the_wire_twice() throws Exception {
        byte[][] seen = new byte[2][];
        for (int i = 0; i < 2; i++) {
            var listener = listen(one);
            byte[] greeting = read(other, GREETING);
            byte[] nonce = new byte[32];
            seen[i] = key.proof(Handshake.CLIENT, nonceOf(greeting), nonce);
            write(other, nonce, seen[i]);
            assertEquals(1, read(other, 1)[0]);
            assertArrayEquals(key.proof(Handshake.LISTENER, nonceOf(greeting), nonce), read(other, 32));
            listener.get();
        }
        assertFalse(Arrays.equals(seen[0], seen[1]), "the listener's nonce is fresh");
    }

    @Test
    void a_replayed_answer_is_refused() throws Exception {
        var listener = listen(one);
        byte[] nonce = new byte[32];
        byte[] answer = key.proof(Handshake.CLIENT, nonceOf(read(other, GREETING)), nonce);
        write(other, nonce, answer);
        read(other, 1 + 32);
        listener.get();

        var again = listen(one);
        read(other, GREETING);
        write(other, nonce, answer);
        Calls.failureOf(again, AuthenticationException.class);
        assertEquals(0, read(other, 1)[0]);
    }

    @Test
    void a_replayed_listener_is_found_out() throws Exception {
        var client = call(one, key);
        byte[] nonce = new byte[32];
        write(other, Handshake.GREETING, nonce);
        byte[] theirs = Arrays.copyOf(read(other, ANSWER), 32);
        byte[] proof = key.proof(Handshake.LISTENER, nonce, theirs);
        write(other, new byte[] {1}, proof);
        client.get();

        var next = call(one, key);
        write(other, Handshake.GREETING, nonce);
        read(other, ANSWER);
        write(other, new byte[] {1}, proof);
        assertEquals("who listens there does not have the key, and only claims to have it",
                Calls.failureOf(next, AuthenticationException.class).getMessage());
    }

    @Test
    void a_challenge_that_is_reflected_to_the_client_proves_nothing() throws Exception {
        var client = call(one, key);
        write(other, Handshake.GREETING, new byte[32]);
        byte[] answer = read(other, ANSWER);
        write(other, new byte[] {1}, Arrays.copyOfRange(answer, 32, ANSWER)); // the client's own proof
        Calls.failureOf(client, AuthenticationException.class);
    }

    @Test
    void a_challenge_that_is_reflected_to_the_listener_proves_nothing() throws Exception {
        var listener = listen(one);
        byte[] nonce = nonceOf(read(other, GREETING));
        write(other, nonce, key.proof(Handshake.LISTENER, nonce, nonce)); // what a listener might be made to say
        Calls.failureOf(listener, AuthenticationException.class);
    }

    @Test
    void somebody_else_who_listens_is_not_taken_for_a_listener() throws Exception {
        var client = call(one, key);
        write(other, "SSH-2.0-OpenSSH_9.6\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals("who listens there is not a Listener of this version",
                Calls.failureOf(client, ProtocolException.class).getMessage());
    }

    @Test
    void who_leaves_in_the_middle_is_let_go() throws Exception {
        var listener = listen(one);
        read(other, GREETING);
        write(other, new byte[40]);
        other.close();
        Calls.failureOf(listener, IOException.class);
    }

    @Test
    void who_says_nothing_is_not_waited_for() {
        var thrown = assertThrows(SocketTimeoutException.class, () -> Handshake.within(
                one, Duration.ofMillis(20), () -> read(one, 1)));
        assertEquals("the other side did not answer within PT0.02S", thrown.getMessage());
        assertFalse(one.isOpen());
    }

    @Test
    void a_secret_shows_nothing_and_is_gone_when_closed() {
        assertEquals("Secret[not shown]", key.toString());
        byte[] bytes = {1, 2, 3};
        var secret = Secret.of(bytes);
        byte[] before = secret.proof("a");
        bytes[0] = 9;
        assertArrayEquals(before, secret.proof("a"), "the bytes were copied");
        secret.close();
        secret.close();
        assertEquals("this secret is closed",
                assertThrows(IllegalStateException.class, () -> secret.proof("a")).getMessage());
        assertEquals("a secret has at least one byte",
                assertThrows(IllegalArgumentException.class, () -> Secret.of(new byte[0])).getMessage());
        try (var one = Secret.random(); var other = Secret.random()) {
            assertFalse(Arrays.equals(one.proof("a"), other.proof("a")));
        }
    }
}
