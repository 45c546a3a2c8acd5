package dev.mitosis.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.CallInterruptedException;
import dev.mitosis.internal.StandIn;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.Eventually;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What listeners and clients do, over sockets of either family; and all that connections do.
abstract class ListenerContract extends ConnectionContract {
    static final Secret KEY = Secret.of("the key".getBytes(StandardCharsets.UTF_8));

    private Listener listener;

    /// {@return an address that is free}
    abstract SocketAddress address();

    // before the contract connects: JUnit runs these of the superclass first, so open() makes it
    private Listener listener() throws IOException {
        if (listener == null) {
            listener = Listener.open(address(), KEY);
        }
        return listener;
    }

    @BeforeEach
    void listen() throws IOException {
        listener();
    }

    @AfterEach
    void stopListening() {
        listener.close();
    }

    @Override
    Pipe open() throws Exception {
        var client = Client.connect(listener().address(), KEY);
        return new Pipe(client, listener().accept());
    }

    private SocketChannel stranger() throws IOException {
        return SocketChannel.open(listener.address());
    }

    private void assertOthersGetIn() throws Exception {
        var pipe = open();
        try (var client = pipe.first(); var server = pipe.second()) {
            client.send("hello");
            assertEquals("hello", server.receive());
        }
    }

    @Test
    void who_has_another_key_is_turned_away_and_told_so() throws Exception {
        try (var other = Secret.random()) {
            var thrown = assertThrows(AuthenticationException.class,
                    () -> Client.connect(listener.address(), other));
            assertEquals("the listener has turned this client away: its key is another", thrown.getMessage());
        }
        Eventually.holds("it is counted", () -> listener.refused() == 1);
        assertOthersGetIn();
    }

    @Test
    void a_silent_stranger_holds_up_nobody() throws Exception {
        try (var one = stranger(); var two = stranger()) {
            assertTrue(one.isConnected() && two.isConnected());
            assertOthersGetIn();
        }
        Eventually.holds("both are counted when they leave", () -> listener.refused() == 2);
    }

    @Test
    void who_talks_nonsense_is_turned_away() throws Exception {
        try (var stranger = stranger()) {
            stranger.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n".repeat(10).getBytes(StandardCharsets.US_ASCII)));
            Eventually.holds("it is counted", () -> listener.refused() == 1);
        }
        assertOthersGetIn();
    }

    @Test
    void who_has_written_and_left_before_he_is_accepted_is_heard() throws Exception {
        try (var client = Client.connect(listener.address(), KEY)) {
            client.send("in a hurry");
        }
        try (var server = listener.accept()) {
            assertEquals("in a hurry", server.receive());
            assertThrows(EOFException.class, server::receive);
        }
    }

    @Test
    void who_leaves_with_unread_messages_is_heard_all_the_same() throws Exception {
        var pipe = open();
        var server = pipe.second();
        for (int i = 0; i < 100; i++) {
            server.send("never read");
        }
        pipe.first().send("the last word");
        pipe.first().close();
        assertEquals("the last word", server.receive());
        server.close();
    }

    @Test
    void an_address_is_taken_once() throws IOException {
        var thrown = assertThrows(IOException.class, () -> Listener.open(listener.address(), KEY));
        assertTrue(thrown.getMessage().startsWith("cannot listen at "), thrown.getMessage());
    }

    @Test
    void a_closed_listener_says_so_and_its_address_is_free() throws Exception {
        var accepting = Calls.start(() -> listener.accept());
        var address = listener.address();
        listener.close();
        listener.close();
        assertEquals("the listener at " + address + " is closed",
                Calls.failureOf(accepting, IOException.class).getMessage());
        assertThrows(IOException.class, listener::accept);
        var refused = assertThrows(IOException.class, () -> Client.connect(address, KEY));
        assertTrue(refused.getMessage().startsWith("cannot connect to " + address + ": "), refused.getMessage());
        listener = Listener.open(address, KEY);
        assertOthersGetIn();
    }

    @Test
    void connections_outlive_their_listener() throws Exception {
        var pipe = open();
        listener.close();
        try (var client = pipe.first(); var server = pipe.second()) {
            client.send(1);
            assertEquals(1, server.receive());
        }
    }

    @Test
    void an_interrupt_ends_accept_and_the_listener_goes_on() throws Exception {
        var failure = new CompletableFuture<Throwable>();
        var thread = Thread.ofPlatform().start(
                () -> failure.complete(assertThrows(CallInterruptedException.class, listener::accept)));
        thread.interrupt();
        assertEquals("this thread was interrupted in accept", failure.get().getMessage());
        assertOthersGetIn();
    }

    @Test
    void an_interrupted_client_does_not_connect() throws Exception {
        Thread.currentThread().interrupt();
        assertThrows(CallInterruptedException.class, () -> Client.connect(listener.address(), KEY));
        assertTrue(Thread.interrupted());
        assertOthersGetInAfterThose();
    }

    /// The interrupted one may have got in as far as the queue.
    private void assertOthersGetInAfterThose() throws Exception {
        try (var client = Client.connect(listener.address(), KEY)) {
            client.send("hello");
            while (!hears(listener.accept())) {
                // that was the interrupted one
            }
        }
    }

    private static boolean hears(Connection server) throws IOException {
        try (server) {
            return "hello".equals(server.receive());
        } catch (EOFException e) {
            return false;
        }
    }

    @Test
    void the_listeners_key_is_its_own() throws Exception {
        var copy = Secret.of("another".getBytes(StandardCharsets.UTF_8));
        try (var mine = Secret.of("another".getBytes(StandardCharsets.UTF_8));
                var second = Listener.open(address2(), copy)) {
            copy.close();
            try (var client = Client.connect(second.address(), mine); var server = second.accept()) {
                client.send(1);
                assertEquals(1, server.receive());
            }
        }
    }

    private SocketAddress address2() {
        return address() instanceof UnixDomainSocketAddress unix
                ? UnixDomainSocketAddress.of(unix.getPath().resolveSibling("second")) : address();
    }

    @Test
    void an_end_of_a_socket_may_travel_too() throws Exception {
        var pipe = open();
        try (var client = pipe.first();
                var there = (Connection) ((StandIn) ((StandIn.Source) pipe.second()).standIn()).original()) {
            client.send("by way of two sockets");
            assertEquals("by way of two sockets", there.receive());
        }
    }

    @Test
    void a_thousand_connections_leave_no_descriptor() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            var pipe = open();
            pipe.first().send(i);
            assertEquals(i, pipe.second().receive());
            pipe.first().close();
            pipe.second().close();
        }
    }

    @Test
    void an_address_of_another_kind_is_refused() {
        var thrown = assertThrows(IllegalArgumentException.class,
                () -> Client.connect(new SocketAddress() { }, KEY));
        assertTrue(thrown.getMessage().startsWith("an address is an InetSocketAddress or a UnixDomainSocketAddress"),
                thrown.getMessage());
        assertTrue(listener.address() instanceof UnixDomainSocketAddress
                || listener.address() instanceof InetSocketAddress inet && inet.getPort() > 0);
    }
}
