package dev.mitosis.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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

    @AfterEach
    void end() throws InterruptedException {
        hosts.end(SESSION);
    }

    private static Frame frame(Frame.Blob... attached) {
        return new Frame(Frame.Kind.RUN, SESSION, Hash.of(StandIn.spec().toBytes()), List.of(), List.of(attached),
                List.of());
    }

    /// {@return the process that has answered}
    private ProcessHandle run() throws Exception {
        byte[] spec = StandIn.spec().toBytes();
        var reply = Reply.of(hosts.run(frame(new Frame.Blob(Hash.of(spec), spec))));
        assertEquals(Reply.Status.DONE, reply.status(), reply.text());
        return ProcessHandle.of(reply.body().getLong()).orElseThrow();
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
}
