package dev.mitosis.cluster.ignite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.cluster.ClusterException;
import dev.mitosis.cluster.ClusterSettings;
import dev.mitosis.cluster.ClusterTransport.Failure;
import dev.mitosis.cluster.ClusterTransport.MemberEvent;
import dev.mitosis.cluster.ClusterTransport.Submission;
import dev.mitosis.cluster.InsecureClusterException;
import java.util.ArrayList;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Members die, leave and come, and the caller's own node ends: what is told, and what becomes of frames.
@Tag("process")
class IgniteFaultsProcessTest {
    private static TwoMembers cluster;

    private final BlockingQueue<MemberEvent> told = new LinkedBlockingQueue<>();
    private Hall hall;

    @BeforeAll
    static void begin() {
        cluster = TwoMembers.start(); // not the shared one: these tests leave other members behind
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @BeforeEach
    void open() throws Exception {
        hall = Hall.open();
    }

    @AfterEach
    void close() throws Exception {
        hall.close();
    }

    private IgniteTransport transport(Ignite ignite, TwoMembers of) throws InterruptedException {
        var transport = IgniteTransport.open(ignite, ClusterSettings.DEFAULTS, Hall.WaitingJob::new);
        transport.watchMembers(told::add);
        for (int i = 0; i < of.members().size(); i++) {
            assertInstanceOf(MemberEvent.Joined.class, next());
        }
        return transport;
    }

    private MemberEvent next() throws InterruptedException {
        var event = told.poll(60, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("nothing is told");
        }
        return event;
    }

    private static Throwable failure(CompletableFuture<byte[]> answer) {
        return assertThrows(ExecutionException.class, () -> answer.get(60, TimeUnit.SECONDS)).getCause();
    }

    @Test
    void what_ran_on_a_member_that_is_killed_is_lost_and_nothing_else() throws Exception {
        var victim = cluster.another();
        victim.node();
        try (var transport = transport(cluster.ignite(), cluster)) {
            var lost = transport.submit(new Submission(1, hall.frame(), victim.node()));
            var dead = hall.arrival();
            var kept = transport.submit(new Submission(2, hall.frame(), cluster.members().getFirst().node()));
            var alive = hall.arrival();

            victim.kill9();

            dead.awaitGone();
            victim.awaitEnd();
            assertEquals(Failure.NODE_LOST, transport.classify(failure(lost)), () -> failure(lost).toString());
            assertEquals(new MemberEvent.Left(victim.node()), next());
            alive.release();
            assertEquals("gone", new String(kept.get(60, TimeUnit.SECONDS)));
            assertEquals(0, told.size(), told::toString);
        }
    }

    @Test
    void what_ran_on_a_member_that_leaves_is_lost() throws Exception {
        var leaver = cluster.another();
        leaver.node();
        try (var transport = transport(cluster.ignite(), cluster)) {
            var lost = transport.submit(new Submission(1, hall.frame(), leaver.node()));
            var guest = hall.arrival();

            leaver.leave();

            guest.awaitGone();
            assertEquals(Failure.NODE_LOST, transport.classify(failure(lost)), () -> failure(lost).toString());
            assertEquals(new MemberEvent.Left(leaver.node()), next());
            leaver.awaitEnd();
        }
    }

    @Test
    void a_member_that_comes_is_told_and_gets_what_waits() throws Exception {
        try (var transport = transport(cluster.ignite(), cluster)) {
            var answers = new ArrayList<CompletableFuture<byte[]>>();
            int slots = cluster.members().size() * TwoMembers.SLOTS;
            for (int id = 0; id < slots; id++) {
                answers.add(transport.submit(new Submission(id, hall.frame(), "")));
            }
            var guests = new ArrayList<Hall.Guest>();
            for (int i = 0; i < slots; i++) {
                guests.add(hall.arrival());
            }
            answers.add(transport.submit(new Submission(slots, hall.frame(), "")));

            var third = cluster.another();

            var late = hall.arrival();
            assertEquals(third.pid(), late.pid());
            assertEquals(new MemberEvent.Joined(third.node(), TwoMembers.SLOTS), next());
            guests.add(late);
            for (var guest : guests) {
                guest.release();
            }
            for (var answer : answers) {
                assertEquals("gone", new String(answer.get(60, TimeUnit.SECONDS)));
            }
        }
    }

    @Test
    void nothing_is_left_of_a_node_that_was_stopped() throws Exception {
        var client = cluster.client();
        try (var transport = transport(client, cluster)) {
            var running = new ArrayList<CompletableFuture<byte[]>>();
            var guests = new ArrayList<Hall.Guest>();
            int slots = cluster.members().size() * TwoMembers.SLOTS;
            for (int id = 0; id < slots; id++) {
                running.add(transport.submit(new Submission(id, hall.frame(), "")));
                guests.add(hall.arrival());
            }
            running.add(transport.submit(new Submission(slots, hall.frame(), "")));

            client.close();

            for (var answer : running) {
                assertEquals(Failure.ENGINE_LOST, transport.classify(failure(answer)),
                        () -> failure(answer).toString());
            }
            for (var member : cluster.members()) {
                assertInstanceOf(MemberEvent.Left.class, next(), () -> "for " + member.node());
            }
            for (var guest : guests) {
                guest.awaitGone(); // nobody waits for it any more: Ignite cancels it
            }
            var late = failure(transport.submit(new Submission(9, hall.frame(), "")));
            assertEquals(Failure.ENGINE_LOST, transport.classify(late), late::toString);
        }
    }

    @Test
    void a_client_whose_members_are_all_gone_has_lost_the_engine() throws Exception {
        try (var dying = TwoMembers.start(); var transport = transport(dying.ignite(), dying)) {
            var last = dying.members().getLast(); // the other's frame would be lost with that alone
            var running = transport.submit(new Submission(1, hall.frame(), last.node()));
            var guest = hall.arrival();

            dying.members().forEach(MemberProcess::kill9);

            guest.awaitGone();
            assertEquals(Failure.ENGINE_LOST, transport.classify(failure(running)), () -> failure(running).toString());
            assertInstanceOf(MemberEvent.Left.class, next());
            assertInstanceOf(MemberEvent.Left.class, next());
        }
    }

    @Test
    void a_node_that_listens_on_the_network_is_refused() {
        try (var open = cluster.clientOnTheNetwork()) {
            var refusal = assertThrows(InsecureClusterException.class,
                    () -> IgniteTransport.open(open, ClusterSettings.DEFAULTS));

            assertTrue(refusal.getMessage().startsWith("node " + open.cluster().localNode().id()
                    + " of this Ignite cluster listens on ["), refusal.getMessage());
            IgniteTransport.open(open, ClusterSettings.DEFAULTS.withInsecureCluster(true)).close();
        }
    }

    @Test
    void a_cluster_without_members_is_refused() throws Exception {
        try (var lonely = TwoMembers.serverWithoutSlots()) {
            var refusal = assertThrows(ClusterException.class,
                    () -> IgniteTransport.open(lonely, ClusterSettings.DEFAULTS));

            assertEquals("none of the 1 server nodes of this Ignite cluster runs workers: they need mitosis-agent on"
                    + " their class path and a configuration that went through Member.joining", refusal.getMessage());
        }
    }
}
