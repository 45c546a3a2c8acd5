package dev.mitosis.internal.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a worker is to run may be many functions, and large ones: else none could ever start again.
class WelcomeTest {
    private static final byte[] SHORT = {1, 2, 3};

    @TempDir
    Path directory;

    private SocketChannel socket; // of the worker
    private ControlChannel parent;

    @BeforeEach
    void connect() throws IOException {
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(directory.resolve("control")));
            socket = SocketChannel.open(server.getLocalAddress());
            parent = new ControlChannel(server.accept());
        }
    }

    @AfterEach
    void close() throws IOException {
        parent.close();
        socket.close();
    }

    private Welcome received(Welcome sent, ControlChannel worker) throws Exception {
        var sending = new FutureTask<Void>(() -> {
            sent.send(parent::send);
            return null;
        });
        Thread.ofVirtual().start(sending);
        var received = Welcome.of(worker.receive(), worker);
        sending.get();
        return received;
    }

    @Test
    void all_functions_together_may_be_longer_than_a_message() throws Exception {
        byte[] large = new byte[ControlChannel.LONGEST / 3 + 1];
        var sent = new Welcome(1, List.of(SHORT, large, large), List.of(large, SHORT));

        var received = received(sent, new ControlChannel(socket));

        assertEquals(1, received.initializers());
        assertEquals(List.of(3, large.length, large.length), lengths(received.functions()));
        assertEquals(List.of(large.length, 3), lengths(received.finalizers()));
        assertArrayEquals(SHORT, received.functions().getFirst());
        assertArrayEquals(SHORT, received.finalizers().getLast());
    }

    private static List<Integer> lengths(List<byte[]> functions) {
        return functions.stream().map(function -> function.length).toList();
    }

    @Test
    void a_parent_may_send_a_function_of_any_length() throws Exception {
        byte[] larger = new byte[ControlChannel.LONGEST + 1];

        var received = received(new Welcome(0, List.of(larger), List.of()), ControlChannel.toParent(socket));

        assertEquals(List.of(larger.length), lengths(received.functions()));
    }

    @Test
    void there_may_be_any_number_of_them() throws Exception {
        var many = Collections.nCopies(100_000, SHORT);

        var received = received(new Welcome(0, many, List.of()), new ControlChannel(socket));

        assertEquals(many.size(), received.functions().size());
    }
}
