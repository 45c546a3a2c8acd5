package dev.mitosis.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What the leak check sees, and that it overlooks nothing.
class BelongingsTest {
    private final Belongings before = Belongings.now();

    private void assertOneMore(String what) {
        var more = Belongings.now().beyond(before);
        assertEquals(1, more.size(), more.toString());
        assertTrue(more.getFirst().startsWith(what), more.toString());
    }

    @Test
    void nothing_new_is_nothing() {
        assertEquals(List.of(), Belongings.now().beyond(before));
    }

    @Test
    void a_thread_of_the_library_is_seen() throws Exception {
        var end = new CountDownLatch(1);
        var thread = Thread.ofPlatform().name("mitosis-left").start(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertOneMore("thread mitosis-left");

        end.countDown();
        thread.join();
        assertEquals(List.of(), Belongings.now().beyond(before));
    }

    @Test
    void a_socket_is_seen() throws IOException {
        new ServerSocket(0).close(); // the JDK opens sockets of its own with the first
        var now = Belongings.now();
        try (var socket = new ServerSocket(0)) {
            var more = Belongings.now().beyond(now);

            assertEquals(1, more.size(), more + " with " + socket);
            assertTrue(more.getFirst().startsWith("descriptor socket:"), more.toString());
        }
    }

    @Test
    void a_folder_of_a_pool_is_seen() throws IOException {
        for (var parent : List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))) {
            var folder = Files.createTempDirectory(parent, "mitosis-" + ProcessHandle.current().pid() + "-");

            assertOneMore("file " + parent);

            Files.delete(folder);
        }
    }

    @Test
    void a_process_with_the_cookie_of_a_pool_is_seen() throws Exception {
        var builder = new ProcessBuilder("sleep", "1000");
        builder.environment().put("MITOSIS_COOKIE", ProcessHandle.current().pid() + "-abc");
        var process = builder.start();
        try {
            Eventually.holds("it is seen", () -> Belongings.now().beyond(before).size() == 1);
            assertOneMore("process " + process.pid());
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertEquals(List.of(), Belongings.now().beyond(before));
    }
}
