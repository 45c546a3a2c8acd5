package dev.mitosis.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.CallInterruptedException;
import dev.mitosis.NotReadableException;
import dev.mitosis.NotShippableException;
import dev.mitosis.RemoteRunnable;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.LeakCheck;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What two connected ends do, however they are connected.
@ExtendWith(LeakCheck.class)
abstract class ConnectionContract {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration MOMENT = Duration.ofMillis(20);

    /// A record needs no serialization of its own.
    record Point(int x, String name) {}

    private Connection one;
    private Connection other;

    /// {@return two ends, connected}
    abstract Pipe open() throws Exception;

    @BeforeEach
    void connect() throws Exception {
        var pipe = open();
        one = pipe.first();
        other = pipe.second();
    }

    @AfterEach
    void disconnect() {
        one.close();
        other.close();
    }

    @Test
    void objects_of_all_kinds_come_as_they_were_sent_both_ways() throws IOException {
        var values = new ArrayList<Object>(List.of(1, "text", "", 2.5, new Point(3, "p"),
                new HashMap<>(Map.of("key", List.of(1, 2))), Duration.ofDays(1)));
        values.add(null);
        for (var value : values) {
            one.send(value);
            other.send(value);
        }
        for (var value : values) {
            assertEquals(value, other.receive());
            assertEquals(value, one.receive());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64 << 10, (64 << 10) - 9, (64 << 10) + 1, 16 << 20})
    void messages_of_any_length_keep_their_boundaries(int length) throws Exception {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        var sender = Calls.start(() -> {
            one.sendBytes(ByteBuffer.wrap(bytes));
            one.send(bytes);
            one.sendBytes(ByteBuffer.wrap(new byte[] {7}));
            return null;
        });
        assertEquals(ByteBuffer.wrap(bytes), other.receiveBytes());
        assertArrayEquals(bytes, (byte[]) other.receive());
        assertEquals(ByteBuffer.wrap(new byte[] {7}), other.receiveBytes());
        sender.get();
    }

    @Test
    void a_buffer_is_sent_from_its_position_to_its_limit_and_is_used_up() throws IOException {
        var bytes = ByteBuffer.allocateDirect(10).putInt(1).putInt(2).flip().position(4);
        one.sendBytes(bytes.asReadOnlyBuffer());
        one.sendBytes(bytes);
        assertEquals(0, bytes.remaining());
        assertEquals(ByteBuffer.allocate(4).putInt(2).flip(), other.receiveBytes());
        assertEquals(4, other.receiveBytes().remaining());
    }

    @Test
    void what_the_sender_changes_afterwards_does_not_change_the_message() throws IOException {
        byte[] bytes = new byte[100_000];
        one.send(bytes);
        one.sendBytes(ByteBuffer.wrap(bytes));
        bytes[50_000] = 1;
        assertEquals(0, ((byte[]) other.receive())[50_000]);
        assertEquals(0, other.receiveBytes().get(50_000));
    }

    @Test
    void an_empty_message_is_a_message() throws IOException {
        assertFalse(other.poll(Duration.ZERO));
        one.sendBytes(ByteBuffer.allocate(0));
        assertTrue(other.poll(LONG));
        assertEquals(0, other.receiveBytes().remaining());
        assertFalse(other.poll(Duration.ZERO));
    }

    @Test
    void a_message_of_the_other_kind_stays_for_the_method_that_takes_it() throws IOException {
        one.send("object");
        one.sendBytes(ByteBuffer.allocate(3));
        assertEquals("the next message is an object: receive takes it",
                assertThrows(ProtocolException.class, other::receiveBytes).getMessage());
        assertEquals("object", other.receive());
        assertEquals("the next message is bytes: receiveBytes takes it",
                assertThrows(ProtocolException.class, () -> other.receive(LONG)).getMessage());
        assertEquals(3, other.receiveBytes().remaining());
    }

    @Test
    void a_time_out_loses_nothing() throws Exception {
        assertEquals("no message came within PT0.02S",
                assertThrows(TimeoutException.class, () -> other.receive(MOMENT)).getMessage());
        assertThrows(TimeoutException.class, () -> other.receive(Duration.ZERO));
        assertThrows(TimeoutException.class, () -> other.receive(Duration.ofSeconds(Long.MIN_VALUE)));
        one.send("late");
        assertEquals("late", other.receive(Duration.ofSeconds(Long.MAX_VALUE)));
    }

    @Test
    void what_cannot_travel_is_refused_and_the_connection_goes_on() throws IOException {
        assertThrows(NotShippableException.class, () -> one.send(new Object()));
        assertThrows(NotShippableException.class, () -> one.send(List.of(1, Thread.currentThread())));
        one.send("next");
        assertEquals("next", other.receive());
    }

    @Test
    void what_may_not_be_read_is_refused_and_the_connection_goes_on() throws IOException {
        RemoteRunnable code = () -> {};
        one.send(code);
        one.send("next");
        var thrown = assertThrows(NotReadableException.class, other::receive);
        assertTrue(thrown.getMessage().contains("Lambda was refused"), thrown.getMessage());
        assertEquals("next", other.receive());
    }

    @Test
    void what_was_sent_is_received_after_the_sender_has_closed_and_then_the_stream_ends() throws IOException {
        one.send("a");
        one.sendBytes(ByteBuffer.allocate(300_000));
        one.close();
        assertEquals("a", other.receive());
        assertEquals(300_000, other.receiveBytes().remaining());
        assertTrue(other.poll(LONG), "the end is something to be received");
        for (int i = 0; i < 2; i++) {
            assertEquals("the other side has closed the connection, or has ended",
                    assertThrows(EOFException.class, other::receive).getMessage());
            assertThrows(EOFException.class, other::receiveBytes);
            assertThrows(EOFException.class, () -> other.receive(Duration.ZERO));
        }
    }

    @Test
    void who_sends_to_a_closed_end_is_told() throws Exception {
        other.close();
        Eventually.holds("a message is refused", () -> {
            try {
                one.sendBytes(ByteBuffer.allocate(10));
                return false;
            } catch (IOException e) {
                return e.getMessage().startsWith("a message cannot be sent: the other side has ");
            }
        });
    }

    @Test
    void who_waits_for_room_is_told_that_the_other_side_has_closed() {
        var sender = Calls.start(() -> {
            while (true) {
                one.sendBytes(ByteBuffer.allocate(1 << 20));
            }
        });
        assertTrue(other.poll(LONG));
        other.close();
        Calls.failureOf(sender, IOException.class);
    }

    @Test
    void a_closed_end_refuses_everything_and_can_be_closed_again() {
        one.close();
        one.close();
        assertEquals("this connection is closed",
                assertThrows(IllegalStateException.class, () -> one.send(1)).getMessage());
        assertThrows(IllegalStateException.class, () -> one.sendBytes(ByteBuffer.allocate(1)));
        assertThrows(IllegalStateException.class, one::receive);
        assertThrows(IllegalStateException.class, one::receiveBytes);
        assertThrows(IllegalStateException.class, () -> one.poll(Duration.ZERO));
        assertThrows(IllegalStateException.class, () -> Connection.awaitAny(List.of(one), Duration.ZERO));
    }

    @Test
    void closing_wakes_who_waits_at_this_end() {
        var receiver = Calls.start(() -> one.receive());
        var waiter = Calls.start(() -> Connection.awaitAny(List.of(one), LONG));
        one.close();
        Calls.failureOf(receiver, IllegalStateException.class);
        Calls.failureOf(waiter, IllegalStateException.class);
    }

    @Test
    void an_interrupt_leaves_the_connection_as_it_was() throws Exception {
        Thread.currentThread().interrupt();
        assertThrows(CallInterruptedException.class, other::receive);
        assertTrue(Thread.interrupted(), "the flag stays set");

        var waiting = new CompletableFuture<Thread>();
        var failure = new CompletableFuture<Throwable>();
        var thread = Thread.ofPlatform().start(() -> {
            waiting.complete(Thread.currentThread());
            failure.complete(assertThrows(CallInterruptedException.class, other::receive));
        });
        waiting.get().interrupt();
        assertEquals("this thread was interrupted in receive; nothing is lost", failure.get().getMessage());
        thread.join();

        one.send("still there");
        assertEquals("still there", other.receive());
    }

    @Test
    void an_interrupted_sender_leaves_whole_messages_behind() throws Exception {
        int length = 3 << 20;
        var failure = new CompletableFuture<Throwable>();
        var sender = Thread.ofPlatform().start(() -> failure.complete(
                assertThrows(CallInterruptedException.class, () -> {
                    while (true) {
                        one.sendBytes(ByteBuffer.allocate(length));
                    }
                })));
        assertTrue(other.poll(LONG));
        sender.interrupt();
        failure.get();
        var last = Calls.start(() -> {
            one.send("last");
            return null;
        });
        Object next = null;
        while (next == null) {
            try {
                next = other.receive();
            } catch (ProtocolException e) {
                assertEquals(length, other.receiveBytes().remaining());
            }
        }
        assertEquals("last", next);
        last.get();
    }

    @Test
    void what_several_threads_send_does_not_mix_and_each_message_is_received_once() throws Exception {
        int each = 300;
        var senders = IntStream.range(0, 4).mapToObj(thread -> Calls.start(() -> {
            for (int i = 0; i < each; i++) {
                one.send(List.of(thread, i, "x".repeat(thread * i)));
            }
            return null;
        })).toList();
        var receivers = IntStream.range(0, 3).mapToObj(_ -> Calls.start(() -> {
            var got = new ArrayList<List<?>>();
            for (int i = 0; i < 4 * each / 3; i++) {
                got.add((List<?>) other.receive());
            }
            return got;
        })).toList();
        for (var sender : senders) {
            sender.get();
        }
        var all = new ArrayList<List<?>>();
        for (var receiver : receivers) {
            all.addAll(receiver.get());
        }
        assertEquals(4 * each, all.size());
        assertEquals(4 * each, all.stream().distinct().count());
        assertTrue(all.stream().allMatch(got -> ((String) got.get(2)).length()
                == (int) got.get(0) * (int) got.get(1)));
    }

    @Test
    void those_that_are_ready_are_told() throws Exception {
        var pipe = open();
        try (var third = pipe.first(); var fourth = pipe.second()) {
            var both = List.of(other, third);
            assertEquals(List.of(), Connection.awaitAny(both, MOMENT));
            assertEquals(List.of(), Connection.awaitAny(List.of(), MOMENT));
            assertEquals(List.of(), Connection.awaitAny(both, Duration.ofSeconds(-1)));

            var waiting = Calls.start(() -> Connection.awaitAny(both, LONG));
            fourth.send("to the third");
            assertEquals(List.of(third), waiting.get());
            assertEquals("to the third", third.receive());

            one.close();
            assertEquals(List.of(other), Connection.awaitAny(both, LONG), "an end is ready");
            fourth.send("more");
            assertTrue(third.poll(LONG));
            assertEquals(both, Connection.awaitAny(both, Duration.ZERO), "in the order given");
        }
    }
}
