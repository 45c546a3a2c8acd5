package dev.mitosis.cluster.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.agent.Frame;
import dev.mitosis.agent.NodeFacts;
import dev.mitosis.agent.Reply;
import dev.mitosis.agent.spark.SparkFrame;
import dev.mitosis.cluster.ClusterSettings;
import dev.mitosis.cluster.ClusterTransport.Failure;
import dev.mitosis.cluster.ClusterTransport.MemberEvent;
import dev.mitosis.cluster.ClusterTransport.Submission;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.TaskContext$;
import org.apache.spark.TaskKilledException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Frames on real executors, in a context that is somebody else's.
@Tag("process")
class SparkTransportProcessTest {
    private static final long SECONDS = 60;
    private static final byte[] HELLO = Frame.of(Frame.Kind.HELLO, "somebody").toBytes();

    private final AtomicLong last = new AtomicLong();
    private final LinkedBlockingQueue<MemberEvent> events = new LinkedBlockingQueue<>();
    private final Map<String, Integer> members = new HashMap<>();
    private SparkTransport transport;

    @BeforeEach
    void open() throws InterruptedException {
        transport = SparkTransport.on(LocalCluster.shared().sc(), ClusterSettings.DEFAULTS);
        transport.watchMembers(events::add);
        awaitMembers();
    }

    @AfterEach
    void close() {
        transport.close();
    }

    /// Waits until two are there.
    private void awaitMembers() throws InterruptedException {
        while (members.size() < 2) {
            switch (nextEvent()) {
                case MemberEvent.Joined(var node, int slots) -> members.put(node, slots);
                case MemberEvent.Left(var node) -> members.remove(node);
            }
        }
    }

    private MemberEvent nextEvent() throws InterruptedException {
        var event = events.poll(SECONDS, TimeUnit.SECONDS);
        assertNotNull(event, "no event came");
        return event;
    }

    private CompletableFuture<byte[]> submit(byte[] frame) {
        return transport.submit(new Submission(last.incrementAndGet(), frame, ""));
    }

    private NodeFacts helloTo(String node) throws Exception {
        var submission = new Submission(last.incrementAndGet(), HELLO, node);
        var reply = Reply.of(transport.submit(submission).get(SECONDS, TimeUnit.SECONDS));
        assertEquals(Reply.Status.DONE, reply.status());
        return NodeFacts.of(reply.body());
    }

    private static Throwable failureOf(CompletableFuture<byte[]> future) {
        return assertThrows(ExecutionException.class, () -> future.get(SECONDS, TimeUnit.SECONDS)).getCause();
    }

    @Test
    void a_task_that_is_killed_as_it_begins_has_no_agent_handle_its_frame() {
        var frame = new SparkFrame(LocalCluster.shared().sc(), List.of(ByteBuffer.wrap(HELLO)), List.of());
        var context = TaskContext$.MODULE$.empty();
        context.markInterrupted("cancelled");
        assertThrows(TaskKilledException.class, () -> frame.compute(frame.getPartitions()[0], context));
    }

    @Test
    void a_frame_is_answered_by_the_agent_in_an_executor() throws Exception {
        var facts = helloTo("");
        assertEquals(Runtime.version().toString(), facts.java());
        var executor = ProcessHandle.of(facts.pid()).orElseThrow();
        assertEquals(ProcessHandle.current(), executor.parent().orElseThrow());
    }

    @Test
    void many_frames_are_on_their_way_at_once() throws Exception {
        var all = new HashSet<CompletableFuture<byte[]>>();
        for (int i = 0; i < 100; i++) {
            all.add(submit(HELLO));
        }
        for (var answer : all) {
            assertEquals(Reply.Status.DONE, Reply.of(answer.get(SECONDS, TimeUnit.SECONDS)).status());
        }
    }

    @Test
    void each_executor_is_a_member_with_its_slots() {
        assertEquals(2, members.size());
        members.forEach((node, slots) -> assertEquals(2, slots, node));
        assertTrue(events.isEmpty(), events::toString);
    }

    @Test
    void a_free_executor_gets_the_frame_that_names_it() throws Exception {
        var processes = new HashSet<Long>();
        for (var node : members.keySet()) {
            var seen = new HashMap<Long, Integer>();
            for (int i = 0; i < 9; i++) {
                seen.merge(helloTo(node).pid(), 1, Integer::sum);
            }
            var most = Collections.max(seen.entrySet(), Map.Entry.comparingByValue());
            assertTrue(most.getValue() >= 7, seen::toString); // a wish: Spark may not know yet that it is free
            processes.add(most.getKey());
        }
        assertEquals(2, processes.size());
    }

    @Test
    void a_frame_that_is_too_large_is_rejected_and_says_of_which_setting() {
        var failure = failureOf(submit(new byte[transport.capabilities().mostFrameBytes() + 1]));
        assertEquals(Failure.REJECTED, transport.classify(failure));
        assertEquals("a frame of 133169153 bytes is more than the 133169152 that spark.rpc.message.maxSize allows",
                failure.getMessage());
    }

    @Test
    void an_executor_that_is_killed_is_lost_and_replaced() throws Exception {
        try (var stuck = new StuckHost()) {
            var answer = submit(stuck.frame());
            var executor = stuck.executor();
            new ProcessBuilder("kill", "-9", Long.toString(executor.pid())).start().waitFor();

            var failure = failureOf(answer);
            assertEquals(Failure.NODE_LOST, transport.classify(failure), failure::toString);
        }
        var lost = assertInstanceOf(MemberEvent.Left.class, nextEvent()).node();
        var successor = assertInstanceOf(MemberEvent.Joined.class, nextEvent());
        assertNotEquals(lost, successor.node());
        assertEquals(2, successor.slots());
        helloTo(successor.node());
    }

    @Test
    void cancelling_interrupts_whoever_handles_the_frame() throws Exception {
        try (var stuck = new StuckHost()) {
            var answer = submit(stuck.frame());
            var host = stuck.begun();
            transport.cancel(last.get());

            assertThrows(CancellationException.class, () -> answer.get(SECONDS, TimeUnit.SECONDS));
            host.onExit().get(SECONDS, TimeUnit.SECONDS); // by the agent, which was interrupted
        }
        assertTrue(events.isEmpty(), () -> "an executor died of it: " + events);
        helloTo("");
    }

    @Test
    void a_job_that_somebody_cancels_in_spark_is_known_as_such() throws Exception {
        try (var stuck = new StuckHost()) {
            var answer = submit(stuck.frame());
            stuck.begun();
            LocalCluster.shared().cancelJobGroup("Mitosis");
            assertEquals(Failure.CANCELLED, transport.classify(failureOf(answer)));
        }
    }

    @Test
    void closing_fails_what_is_on_its_way_and_leaves_the_context_alone() throws Exception {
        try (var stuck = new StuckHost()) {
            var answer = submit(stuck.frame());
            var host = stuck.begun();
            transport.close();

            assertEquals(Failure.ENGINE_LOST, transport.classify(failureOf(answer)));
            host.onExit().get(SECONDS, TimeUnit.SECONDS);
        }
        assertEquals(Failure.ENGINE_LOST, transport.classify(failureOf(submit(HELLO))));
        assertFalse(LocalCluster.shared().sc().isStopped());
    }

    @Test
    void a_context_that_is_running_takes_no_settings() {
        var backend = SparkBackend.on(LocalCluster.shared());
        var refused = assertThrows(IllegalStateException.class, () -> backend.withSparkConf("spark.cores.max", "2"));
        assertEquals("this context is running and takes no settings any more: set spark.cores.max where it is made",
                refused.getMessage());
    }

    @Test
    void the_properties_of_the_submitting_thread_are_left_alone() throws Exception {
        var context = LocalCluster.shared();
        context.setJobGroup("mine", "what I do");
        try {
            helloTo("");
            assertEquals("mine", context.getLocalProperty("spark.jobGroup.id"));
            assertEquals("what I do", context.getLocalProperty("spark.job.description"));
        } finally {
            context.clearJobGroup();
        }
    }
}
