package dev.mitosis.cluster.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.agent.Frame;
import dev.mitosis.agent.NodeFacts;
import dev.mitosis.agent.Reply;
import dev.mitosis.cluster.ClusterSettings;
import dev.mitosis.cluster.ClusterTransport.Submission;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Frames on real executors.
@Tag("process")
class SparkTransportProcessTest {
    private static final SparkTransport TRANSPORT =
            SparkTransport.on(LocalCluster.shared().sc(), ClusterSettings.DEFAULTS);

    @AfterAll
    static void close() {
        TRANSPORT.close();
    }

    @Test
    void a_frame_is_answered_by_the_agent_in_an_executor() throws Exception {
        var frame = Frame.of(Frame.Kind.HELLO, "somebody").toBytes();
        var reply = Reply.of(TRANSPORT.submit(new Submission(1, frame, "")).get(30, TimeUnit.SECONDS));
        assertEquals(Reply.Status.DONE, reply.status());
        var facts = NodeFacts.of(reply.body());
        assertEquals(Runtime.version().toString(), facts.java());
    }
}
