package dev.mitosis.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Hosts that do not start.
@Tag("process")
class HostStartProcessTest {
    private static final String SESSION = "starts";

    private final Hosts hosts = new Hosts();

    @AfterEach
    void end() throws InterruptedException {
        assertEquals(Reply.Status.DONE, hosts.end(SESSION).status());
    }

    private Reply run(int feature, String flag) throws Exception {
        byte[] spec = new Spec(feature, "", List.of(), List.of(flag), "Nothing", new byte[0], 60).toBytes();
        var hash = Hash.of(spec);
        var frame = new Frame(Frame.Kind.RUN, SESSION, hash, List.of(), List.of(new Frame.Blob(hash, spec)),
                List.of());
        return Reply.of(hosts.run(frame));
    }

    @Test
    void a_host_that_ends_at_once_has_begun_nothing_and_what_it_printed_is_told() throws Exception {
        var reply = run(17, "-XX:NoSuchFlag");
        assertEquals(Reply.Status.NOT_BEGUN, reply.status());
        assertTrue(reply.text().matches("(?s)the host of a pool could not be started on .*: it ended with code 1"
                + " before it was connected; it printed last:\n.*NoSuchFlag.*"), reply.text());
    }

    @Test
    void what_was_sent_and_has_another_hash_is_not_begun() throws Exception {
        var frame = new Frame(Frame.Kind.RUN, SESSION, "abc", List.of(),
                List.of(new Frame.Blob("abc", new byte[] {1})), List.of());
        var reply = Reply.of(hosts.run(frame));
        assertEquals(Reply.Status.NOT_BEGUN, reply.status());
        assertTrue(reply.text().contains("it was changed on its way"), reply.text());
    }
}
