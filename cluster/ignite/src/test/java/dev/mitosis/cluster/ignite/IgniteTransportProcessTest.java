package dev.mitosis.cluster.ignite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.agent.Frame;
import dev.mitosis.agent.NodeFacts;
import dev.mitosis.agent.Reply;
import dev.mitosis.agent.ignite.AgentJob;
import dev.mitosis.cluster.Capabilities;
import dev.mitosis.cluster.ClusterSettings;
import dev.mitosis.cluster.ClusterTransport.Failure;
import dev.mitosis.cluster.ClusterTransport.MemberEvent;
import dev.mitosis.cluster.ClusterTransport.Submission;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.ignite.compute.ComputeJob;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Frames go to members of an Ignite cluster and back.
@Tag("process")
@ExtendWith(TwoMembers.Shared.class)
class IgniteTransportProcessTest {
    private static final byte[] HELLO = Frame.of(Frame.Kind.HELLO, "a pool").toBytes();

    private final TwoMembers cluster;

    IgniteTransportProcessTest(TwoMembers cluster) {
        this.cluster = cluster;
    }

    private IgniteTransport transport(Function<byte[], ComputeJob> jobs) {
        return IgniteTransport.open(cluster.ignite(), ClusterSettings.DEFAULTS, jobs);
    }

    private static byte[] get(CompletableFuture<byte[]> answer) throws Exception {
        return answer.get(60, TimeUnit.SECONDS);
    }

    @Test
    void a_frame_is_handled_by_the_agent_of_a_member() throws Exception {
        try (var transport = transport(AgentJob::new)) {
            var facts = facts(get(transport.submit(new Submission(1, HELLO, ""))));

            assertTrue(pids().contains(facts.pid()), () -> facts + " is none of " + pids());
            assertEquals(Runtime.version().toString(), facts.java());
        }
    }

    private static NodeFacts facts(byte[] answer) throws IOException {
        var reply = Reply.of(answer);
        assertEquals(Reply.Status.DONE, reply.status(), reply.text());
        return NodeFacts.of(reply.body());
    }

    private Set<Long> pids() {
        return Set.copyOf(cluster.members().stream().map(MemberProcess::pid).toList());
    }

    @Test
    void members_are_told_with_their_slots() throws Exception {
        var told = new LinkedBlockingQueue<MemberEvent>();
        try (var transport = transport(AgentJob::new)) {
            transport.watchMembers(told::add);

            var expected = new HashSet<MemberEvent>();
            var first = new HashSet<MemberEvent>();
            for (var member : cluster.members()) {
                expected.add(new MemberEvent.Joined(member.node(), TwoMembers.SLOTS));
                first.add(told.poll(20, TimeUnit.SECONDS));
            }
            assertEquals(expected, first);
        }
    }

    @Test
    void a_frame_goes_to_the_node_that_it_names() throws Exception {
        try (var transport = transport(AgentJob::new)) {
            awaitMembers(transport);
            int id = 0;
            for (var member : cluster.members()) {
                for (int i = 0; i < 4; i++) {
                    var answer = transport.submit(new Submission(++id, HELLO, member.node()));
                    assertEquals(member.pid(), facts(get(answer)).pid());
                }
            }
        }
    }

    private void awaitMembers(IgniteTransport transport) throws InterruptedException {
        var told = new LinkedBlockingQueue<MemberEvent>();
        transport.watchMembers(told::add);
        for (int i = 0; i < cluster.members().size(); i++) {
            assertTrue(told.poll(20, TimeUnit.SECONDS) instanceof MemberEvent.Joined);
        }
    }

    @Test
    void frames_fill_all_slots_and_then_wait_for_a_free_one() throws Exception {
        try (var hall = Hall.open(); var transport = transport(Hall.WaitingJob::new)) {
            awaitMembers(transport);
            var answers = new ArrayList<CompletableFuture<byte[]>>();
            for (int id = 0; id < 5; id++) {
                answers.add(transport.submit(new Submission(id, hall.frame(), "")));
            }
            var guests = new ArrayList<Hall.Guest>();
            for (int i = 0; i < 4; i++) {
                guests.add(hall.arrival());
            }
            var places = guests.stream().map(Hall.Guest::pid).sorted().toList();
            var slots = pids().stream().flatMap(pid -> List.of(pid, pid).stream()).sorted().toList();
            assertEquals(slots, places);

            var first = guests.removeFirst();
            first.release();
            var fifth = hall.arrival();
            assertEquals(first.pid(), fifth.pid());

            guests.add(fifth);
            for (var guest : guests) {
                guest.release();
            }
            for (var answer : answers) {
                assertArrayEquals("gone".getBytes(), get(answer));
            }
        }
    }

    @Test
    @Timeout(40) // Ignite by itself would interrupt each after 10 seconds
    void a_cancelled_frame_is_interrupted_and_leaves_its_slot() throws Exception {
        try (var hall = Hall.open(); var transport = transport(Hall.WaitingJob::new)) {
            awaitMembers(transport);
            var node = cluster.members().getFirst().node();
            for (int id = 0; id < 4 * TwoMembers.SLOTS; id++) {
                var answer = transport.submit(new Submission(id, hall.frame(), node));
                var guest = hall.arrival();

                transport.cancel(id);

                assertThrows(CancellationException.class, () -> get(answer));
                guest.awaitGone();
            }
            assertTrue(cluster.members().getFirst().isAlive());
        }
    }

    @Test
    void a_frame_may_be_cancelled_at_once() throws Exception {
        try (var hall = Hall.open(); var transport = transport(Hall.WaitingJob::new)) {
            awaitMembers(transport);
            for (int id = 0; id < 50; id++) {
                var answer = transport.submit(new Submission(id, hall.frame(), ""));
                transport.cancel(id);
                assertTrue(answer.isCancelled());
            }
        }
        try (var transport = transport(AgentJob::new)) {
            var answers = new ArrayList<CompletableFuture<byte[]>>();
            for (int id = 0; id < 8; id++) {
                answers.add(transport.submit(new Submission(id, HELLO, "")));
            }
            for (var answer : answers) {
                facts(get(answer)); // all slots are free, or will be in a moment
            }
        }
    }

    @Test
    void a_frame_that_waits_for_a_slot_may_be_cancelled() throws Exception {
        try (var hall = Hall.open(); var transport = transport(Hall.WaitingJob::new)) {
            awaitMembers(transport);
            var guests = new ArrayList<Hall.Guest>();
            for (int id = 0; id < 4; id++) {
                transport.submit(new Submission(id, hall.frame(), ""));
                guests.add(hall.arrival());
            }
            var waits = transport.submit(new Submission(4, hall.frame(), ""));
            var next = transport.submit(new Submission(5, hall.frame(), ""));

            transport.cancel(4);

            assertTrue(waits.isCancelled());
            guests.removeFirst().release();
            guests.add(hall.arrival());
            for (var guest : guests) {
                guest.release();
            }
            get(next);
        }
    }

    @Test
    void a_large_frame_travels() throws Exception {
        var blob = new Frame.Blob("a hash", new byte[16 << 20]);
        var frame = Frame.of(Frame.Kind.HELLO, "a pool").with(List.of(blob)).toBytes();
        try (var transport = transport(AgentJob::new)) {
            facts(get(transport.submit(new Submission(1, frame, ""))));
        }
    }

    @Test
    void a_node_that_is_not_there_is_lost() throws Exception {
        try (var transport = transport(AgentJob::new)) {
            awaitMembers(transport);
            var nobody = UUID.randomUUID().toString();

            var failure = assertThrows(ExecutionException.class,
                    () -> get(transport.submit(new Submission(1, HELLO, nobody)))).getCause();

            assertEquals("node " + nobody + " is not there", failure.getMessage());
            assertEquals(Failure.NODE_LOST, transport.classify(failure));
        }
    }

    @Test
    void closing_interrupts_what_is_still_there() throws Exception {
        try (var hall = Hall.open()) {
            var transport = transport(Hall.WaitingJob::new);
            var answer = transport.submit(new Submission(1, hall.frame(), ""));
            var guest = hall.arrival();

            transport.close();

            assertThrows(CancellationException.class, () -> get(answer));
            guest.awaitGone();
            var late = assertThrows(ExecutionException.class,
                    () -> get(transport.submit(new Submission(2, hall.frame(), "")))).getCause();
            assertEquals("this transport is closed", late.getMessage());
            assertEquals(Failure.ENGINE_LOST, transport.classify(late));
            assertFalse(cluster.ignite().cluster().nodes().isEmpty());
        }
    }

    @Test
    void it_says_what_it_can_do() {
        try (var transport = transport(AgentJob::new)) {
            assertEquals(new Capabilities("Apache Ignite 2.18.0", 64 << 20, Duration.ofMillis(50), true, false),
                    transport.capabilities());
        }
    }
}
