package dev.mitosis.internal.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.internal.link.Control;
import dev.mitosis.internal.link.ControlChannel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is sent to a worker that reads, or does not.
class ControlSenderTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final Duration SHORT = Duration.ofMillis(50); // for a worker that never reads

    @TempDir
    Path directory;

    private final AtomicInteger overflows = new AtomicInteger();
    private SocketChannel socket; // of the worker
    private ControlChannel worker;
    private ControlChannel parent;

    @BeforeEach
    void connect() throws IOException {
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(directory.resolve("control")));
            socket = SocketChannel.open(server.getLocalAddress());
            worker = new ControlChannel(socket);
            parent = new ControlChannel(server.accept());
        }
    }

    @AfterEach
    void close() throws IOException {
        parent.close();
        worker.close();
    }

    private ControlSender sender(Duration patience) {
        return new ControlSender(parent, "sender-under-test", patience, overflows::incrementAndGet);
    }

    private static ByteBuffer skip(long call) {
        return ControlChannel.message(Control.SKIP, 16).putLong(call).putLong(0);
    }

    private static ByteBuffer found(int size) {
        return ControlChannel.message(Control.CLASS, size).put(new byte[size]);
    }

    @Test
    void f30_whoever_tells_a_worker_something_never_waits_for_it() {
        var sender = sender(Duration.ofDays(1));

        for (int i = 0; i < 2 * ControlSender.MOST; i++) {
            sender.send(skip(i)); // would wait for ever, if it did
        }

        assertEquals(1, overflows.get(), "one that does not read is found out, once");
        sender.stop();
    }

    @Test
    void f30_what_a_worker_asks_for_and_does_not_read_is_bounded_in_bytes() throws IOException {
        var sender = sender(SHORT);
        long accepted = 0;

        while (overflows.get() == 0) {
            sender.answer(found(MEBIBYTE));
            accepted += MEBIBYTE;
            assertTrue(accepted <= ControlSender.MOST_BYTES + 2 * MEBIBYTE, "accepted: " + accepted);
        }

        assertEquals(1, overflows.get());
        sender.stop();
    }

    @Test
    void what_a_worker_asks_for_waits_until_it_reads() throws Exception {
        int count = 3 * (int) (ControlSender.MOST_BYTES / MEBIBYTE);
        var sender = sender(Duration.ofDays(1));
        var asking = Thread.ofVirtual().start(() -> answer(sender, count));

        for (int i = 0; i < count; i++) {
            assertEquals(1 + MEBIBYTE, worker.receive().remaining());
        }

        asking.join();
        assertEquals(0, overflows.get(), "much at once is no fault");
        sender.stop();
    }

    private static void answer(ControlSender sender, int count) {
        try {
            for (int i = 0; i < count; i++) {
                sender.answer(found(MEBIBYTE));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void messages_arrive_in_their_order() throws IOException {
        var sender = sender(Duration.ofDays(1));

        for (int i = 0; i < 1_000; i++) {
            sender.send(skip(i));
        }

        for (int i = 0; i < 1_000; i++) {
            assertEquals(i, worker.receive().getLong(1));
        }
        sender.stop();
    }

    @Test
    void f30_whoever_waits_for_a_worker_to_read_is_woken_by_its_end() throws Exception {
        var sender = sender(Duration.ofDays(1));
        var asking = Thread.ofVirtual().start(() -> answer(sender, 2 * (int) (ControlSender.MOST_BYTES / MEBIBYTE)));

        sender.stop();

        asking.join();
        assertEquals(0, overflows.get());
    }
}
