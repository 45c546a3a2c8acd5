package dev.mitosis.internal.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.codec.ResultFilter;
import dev.mitosis.internal.codec.ValueWriter;
import dev.mitosis.internal.launch.ClassBytes;
import dev.mitosis.internal.link.Control;
import dev.mitosis.internal.link.ControlChannel;
import dev.mitosis.internal.link.Welcome;
import dev.mitosis.testing.Fuzz;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.net.ProtocolException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a worker writes into its control socket: messages, or an IOException.
class ControlFuzzTest {
    private static final ObjectInputFilter FILTER = ResultFilter.of(List.of());
    private static final int LONGEST = 60_000; // fits into a socket that nobody reads yet

    @TempDir
    Path directory;

    private final ClassBytes classes = new ClassBytes();
    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(directory.resolve("control")));
        classes.add(getClass().getClassLoader());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    // -- what an honest worker sends ---------------------------------------------------------

    private static byte[] message(byte type, byte[] body) {
        return ControlChannel.message(type, body.length).put(body).array();
    }

    private static byte[] numbered(int number, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + utf8.length).putInt(number).put(utf8).array();
    }

    private static byte[] failure() {
        var sink = new ByteSink(16);
        new ValueWriter(sink).writeFailure(new IllegalStateException("no database", new IOException("refused")));
        return sink.toBytes().toArray();
    }

    private static byte[] joined(byte[]... parts) {
        var sink = new ByteSink(16);
        for (var part : parts) {
            sink.putArray(part);
        }
        return sink.toBytes().toArray();
    }

    private static byte[] welcome() {
        var sink = new ByteSink(16);
        try {
            new Welcome(1, List.of(new byte[3], new byte[9]), List.of(new byte[5]))
                    .send(message -> sink.putArray(message.array()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return sink.toBytes().toArray();
    }

    private static List<byte[]> corpus() {
        return List.of(
                joined(message(Control.READY, new byte[4]), message(Control.EXITING, new byte[0]),
                        message(Control.LEFT, new byte[0]), message(Control.WORN, new byte[0])),
                joined(message(Control.DUMPED, numbered(1, "\"main\" #1 at App.run(App.java:5) \u20ac")),
                        message(Control.WANTED, numbered(2, "dev/mitosis/testing/Fuzz.class")),
                        message(Control.WANTED, numbered(3, "../etc/passwd"))),
                message(Control.FAILED, failure()),
                welcome());
    }

    // -- the fuzzer --------------------------------------------------------------------------

    /// A channel whose other side has sent this and is gone.
    private ControlChannel channel(byte[] sent) throws IOException {
        var worker = SocketChannel.open(server.getLocalAddress());
        try (worker) {
            worker.write(ByteBuffer.wrap(sent, 0, Math.min(sent.length, LONGEST)));
            return new ControlChannel(server.accept());
        }
    }

    String feed(byte[] sent, Random random) throws Exception {
        var result = new StringBuilder();
        try (var channel = channel(sent)) {
            for (int i = 0; ; i++) {
                var message = channel.receive();
                var text = random.nextInt(16) == 0 || message.get(0) == Control.WELCOME
                        ? "welcome " + Welcome.of(message, channel).functions().size() / 100
                        : understood(WorkerMessage.of(message, FILTER));
                result.append(i < 3 ? text + " " : "");
            }
        } catch (IOException e) {
            return result + Fuzz.trace(e);
        }
    }

    private String understood(WorkerMessage message) throws IOException {
        return switch (message) {
            case WorkerMessage.Failed(var failure) -> "failed " + failure.getClass();
            case WorkerMessage.Wanted(_, var name) -> "wanted " + (classes.find(name) == null);
            default -> message.getClass().getSimpleName();
        };
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS) // the fuzzer looks for hangs by itself
    void f30_whatever_is_in_the_control_socket_is_a_message_or_an_exception() throws Exception {
        Fuzz.run("control", corpus(), this::feed);
    }

    // -- what is found out by name -----------------------------------------------------------

    @Test
    void what_an_honest_worker_sends_is_understood() throws IOException {
        try (var channel = channel(corpus().get(1))) {
            assertEquals(new WorkerMessage.Dumped(16777216, "\"main\" #1 at App.run(App.java:5) \u20ac"),
                    WorkerMessage.of(channel.receive(), FILTER));
            assertEquals(new WorkerMessage.Wanted(33554432, "dev/mitosis/testing/Fuzz.class"),
                    WorkerMessage.of(channel.receive(), FILTER));
            assertEquals(new WorkerMessage.Wanted(50331648, "../etc/passwd"),
                    WorkerMessage.of(channel.receive(), FILTER));
            assertThrows(EOFException.class, channel::receive);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, (128 << 20) + 1, Integer.MAX_VALUE})
    void f30_a_length_that_cannot_be_is_refused(int length) throws IOException {
        var claim = ByteBuffer.allocate(8).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(length).array();
        try (var channel = channel(claim)) {
            assertEquals("a message claims to be " + length + " bytes long",
                    assertThrows(ProtocolException.class, channel::receive).getMessage());
        }
    }

    @Test
    void f30_a_message_of_no_known_type_is_refused() {
        for (byte type : new byte[] {0, Control.WELCOME, Control.CLASS, Control.HELLO, 99, -1}) {
            assertEquals("a message of type " + type, assertThrows(ProtocolException.class, () ->
                    WorkerMessage.of(ByteBuffer.wrap(new byte[] {type, 0, 0, 0, 0}), FILTER)).getMessage());
        }
    }

    @Test
    void f30_a_message_that_is_too_short_is_refused() {
        for (byte type : new byte[] {Control.READY, Control.DUMPED, Control.WANTED}) {
            assertEquals("a message of type " + type + " that is too short",
                    assertThrows(ProtocolException.class, () ->
                            WorkerMessage.of(ByteBuffer.wrap(new byte[] {type, 0, 0, 0}), FILTER)).getMessage());
        }
    }

    @Test
    void f30_a_failure_that_is_none_is_refused() {
        assertEquals("corrupt: an outcome of kind 0 instead of a failure",
                assertThrows(ProtocolException.class, () -> WorkerMessage.of(
                        ByteBuffer.wrap(new byte[] {Control.FAILED, Kind.NULL}), FILTER)).getMessage());
    }

    @Test
    void f30_a_welcome_that_cannot_be_is_refused() throws IOException {
        byte[] two = {0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0};
        byte[] one = message(Control.FUNCTION, new byte[5]);

        assertEquals("another message instead of a welcome", refusal(one));
        assertEquals("a welcome that is too short", refusal(message(Control.WELCOME, new byte[11])));
        assertEquals("another message instead of a function",
                refusal(joined(message(Control.WELCOME, two), one, message(Control.SKIP, new byte[16]))));
    }

    private String refusal(byte[] sent) throws IOException {
        try (var channel = channel(sent)) {
            return assertThrows(ProtocolException.class, () -> Welcome.of(channel.receive(), channel)).getMessage();
        }
    }
}
