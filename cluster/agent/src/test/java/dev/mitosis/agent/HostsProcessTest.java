package dev.mitosis.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Hosts that are started, used and ended.
@Tag("process")
class HostsProcessTest {
    private static final String SESSION = "a pool";

    private final Hosts hosts = new Hosts();
    private Path place;

    @AfterEach
    void end() throws InterruptedException {
        hosts.end(SESSION);
    }

    private static Frame frame(Frame.Blob... attached) {
        return frame(List.of(), attached);
    }

    private static Frame frame(List<String> needed, Frame.Blob... attached) {
        return new Frame(Frame.Kind.RUN, SESSION, Hash.of(StandIn.spec().toBytes()), needed, List.of(attached),
                List.of());
    }

    /// Has a frame run, and returns the process that has answered, whose place is noted.
    private ProcessHandle run() throws Exception {
        byte[] spec = StandIn.spec().toBytes();
        var reply = Reply.of(hosts.run(frame(new Frame.Blob(Hash.of(spec), spec))));
        assertEquals(Reply.Status.DONE, reply.status(), reply.text());
        var words = StandardCharsets.UTF_8.decode(reply.body()).toString().split(" ", 2);
        place = Path.of(words[1]).getParent();
        return ProcessHandle.of(Long.parseLong(words[0])).orElseThrow();
    }

    @Test
    void a_host_serves_one_frame_after_another_and_ends_with_its_pool() throws Exception {
        var host = run();
        assertEquals(host, run());
        hosts.end(SESSION);
        host.onExit().get(20, TimeUnit.SECONDS);
        var refused = assertThrows(IOException.class, () -> hosts.run(frame()));
        assertEquals("this pool has ended", refused.getMessage());
    }

    @Test
    void an_end_that_is_interrupted_may_come_again() throws Exception {
        var host = run();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> hosts.end(SESSION));
        assertTrue(host.isAlive());
        hosts.end(SESSION);
        host.onExit().get(20, TimeUnit.SECONDS);
    }

    @Test
    void a_folder_that_somebody_has_deleted_is_made_anew_and_a_host_begins_in_it() throws Exception {
        var host = run();
        NodeFolder.delete(place.getParent());
        assertNotEquals(host, run());
        host.onExit().get(20, TimeUnit.SECONDS);
        assertTrue(Files.isDirectory(place.getParent()));
    }

    @Test
    void what_a_host_was_started_with_is_gone_when_it_has_answered() throws Exception {
        run();
        assertFalse(Files.exists(place));
    }

    @Test
    void a_large_function_is_gone_with_its_pool() throws Exception {
        byte[] function = {1, 2, 3};
        var hash = Hash.of(function);
        run();
        var frame = frame(List.of(hash), new Frame.Blob(hash, function));
        assertEquals(Reply.Status.DONE, Reply.of(hosts.run(frame)).status());
        var file = place.getParent().resolve(hash + ".jar");
        assertTrue(Files.exists(file));
        hosts.end(SESSION);
        assertFalse(Files.exists(file));
    }
}
