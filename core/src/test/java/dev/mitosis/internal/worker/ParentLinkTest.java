package dev.mitosis.internal.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.internal.link.Bell;
import dev.mitosis.internal.link.LinkLayout;
import dev.mitosis.internal.link.LinkMemory;
import dev.mitosis.internal.link.RingReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The worker's end of a link whose other end is in the hands of a test.
class ParentLinkTest {
    private static final byte[] ANSWER = new byte[3 * LinkLayout.RING];

    @TempDir
    Path directory;

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static void answer(LinkMemory memory, Bell bell, RunnerThread runner) {
        try {
            new ParentLink(memory, bell, new Interrupts(memory, runner)).write(ANSWER, 0, ANSWER.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until the ring is full and the worker is about to sleep, or sleeps.
    private static void awaitSleep(LinkMemory memory, RingReader replies) {
        await(() -> replies.available() == LinkLayout.RING);
        await(memory.workerAsleep()::isRaised);
    }

    @Test
    @Timeout(60)
    void a_worker_is_woken_for_room_although_an_earlier_ring_came_when_that_was_filled_again() throws Exception {
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                        .bind(UnixDomainSocketAddress.of(directory.resolve("bell")));
                var in = SocketChannel.open(server.getLocalAddress());
                var ringer = server.accept();
                var out = SocketChannel.open(server.getLocalAddress());
                var workers = new Bell(out, in);
                var bell = new Bell(ringer, server.accept());
                var memory = LinkMemory.create(directory.resolve("link"))) {
            var replies = memory.replyReader();
            var worker = new RunnerThread(runner -> answer(memory, workers, runner));
            worker.start();

            awaitSleep(memory, replies);
            replies.release(LinkLayout.RING / 2); // and, before the flag is looked at, is held up
            memory.workerAsleep().lower();
            bell.ring();
            awaitSleep(memory, replies);
            memory.workerAsleep().lower();
            assertTrue(memory.replyWanted().take());
            bell.ring();
            awaitSleep(memory, replies);

            long read = LinkLayout.RING / 2;
            while (read < ANSWER.length) {
                int count = replies.available();
                replies.release(count);
                read += count;
                VarHandle.fullFence();
                if (count > 0 && memory.replyWanted().take()) {
                    bell.ring();
                }
            }
            worker.join();
            assertEquals(ANSWER.length, read);
        }
    }
}
