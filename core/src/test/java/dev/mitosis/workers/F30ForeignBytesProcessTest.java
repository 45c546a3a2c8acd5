package dev.mitosis.workers;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.RemoteRunnable;
import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.link.Control;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A worker that sends what cannot be is killed and replaced. It costs the item that it runs, and no other.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F30ForeignBytesProcessTest {
    private static final byte MINUS = -1;

    private static Pool pool; // for the tests of this class

    @BeforeAll
    static void openPool() {
        pool = Pool.open(2);
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @AfterEach
    void thePoolIsAsGoodAsBefore() {
        assertEquals(upTo(100), pool.map(n -> n, upTo(100)));
    }

    /// Has one item of forty do something to its own link, and returns why its worker died.
    private static String deathAfter(RemoteRunnable harm) {
        long deaths = pool.stats().deaths();
        var all = new ArrayList<Outcome<Integer>>();
        try (var outcomes = pool.with(o -> o.withChunkSize(10)).outcomes(n -> {
            if (n == 17) {
                harm.run();
                Sabotage.stay();
            }
            return n;
        }, upTo(40))) {
            outcomes.forEachRemaining(all::add);
        }
        assertEquals(40, all.size());
        for (int n = 0; n < 40; n++) {
            if (n != 17) {
                assertEquals(n, assertInstanceOf(Outcome.Ok.class, all.get(n)).value());
            }
        }
        assertEquals(deaths + 1, pool.stats().deaths());
        return assertInstanceOf(Outcome.Died.class, all.get(17)).report().cause();
    }

    private static void assertSaysWhatCannotBe(String what, String cause) {
        assertEquals("was killed, since it sent what cannot be: " + what, cause);
    }

    // -- the control socket ------------------------------------------------------------------

    @Test
    void f30_a_message_of_no_known_type_costs_the_worker() {
        assertSaysWhatCannotBe("a message of type 99", deathAfter(() -> Sabotage.send(99)));
        assertSaysWhatCannotBe("a message of type 1", deathAfter(() -> Sabotage.send(Control.WELCOME)));
        assertSaysWhatCannotBe("a message of type 16", deathAfter(() -> Sabotage.send(Control.HELLO, new byte[8])));
    }

    @Test
    void f30_a_length_that_cannot_be_costs_the_worker() {
        assertSaysWhatCannotBe("a message claims to be -1 bytes long",
                deathAfter(() -> Sabotage.shout(MINUS, MINUS, MINUS, MINUS)));
        assertSaysWhatCannotBe("a message claims to be 0 bytes long",
                deathAfter(() -> Sabotage.shout(new byte[4])));
        assertSaysWhatCannotBe("a message claims to be 2147483647 bytes long",
                deathAfter(() -> Sabotage.shout(MINUS, MINUS, MINUS, (byte) 127)));
    }

    @Test
    void f30_a_message_that_is_too_short_costs_the_worker() {
        for (byte type : new byte[] {Control.READY, Control.DUMPED, Control.WANTED}) {
            assertSaysWhatCannotBe("a message of type " + type + " that is too short",
                    deathAfter(() -> Sabotage.send(type, new byte[3])));
        }
    }

    @Test
    void f30_a_failure_that_is_none_costs_the_worker() {
        var cause = deathAfter(() -> Sabotage.send(Control.FAILED, Kind.NULL));

        assertSaysWhatCannotBe("corrupt: an outcome of kind 0 instead of a failure", cause);
    }

    @Test
    void f30_what_a_worker_cannot_mean_in_its_state_costs_the_worker() {
        var again = deathAfter(() -> Sabotage.send(Control.READY, new byte[4]));
        var left = deathAfter(() -> Sabotage.send(Control.LEFT));

        assertTrue(again.startsWith("was killed, since it said what cannot be: SaidReady"), again);
        assertTrue(left.startsWith("was killed, since it said what cannot be: SaidLeft"), left);
    }

    @Test
    void f30_a_flood_of_messages_harms_nobody_else() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var flood = pool.applyAsync(() -> {
                door.pass("begin");
                for (int i = 0; i < 200_000; i++) {
                    Sabotage.send(Control.DUMPED, new byte[40]);
                }
                return "flooded";
            });
            gate.arrival().release();

            assertEquals(upTo(1_000), pool.map(n -> n, upTo(1_000), 1));

            assertEquals("flooded", flood.get());
        }
    }

    @Test
    void f30_thousands_of_missing_classes_harm_nobody() {
        long deaths = pool.stats().deaths();
        var missing = pool.applyAsync(() -> {
            var loader = Thread.currentThread().getContextClassLoader();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var answers = new ArrayList<java.util.concurrent.Future<Object>>();
                for (int i = 0; i < 5_000; i++) {
                    var name = "missing/Class" + i + ".class";
                    answers.add(threads.submit(() -> loader.getResource(name)));
                }
                int found = 0;
                for (var answer : answers) {
                    found += answer.get() == null ? 0 : 1;
                }
                return found;
            }
        });

        assertEquals(upTo(1_000), pool.map(n -> n, upTo(1_000), 1));

        assertEquals(0, missing.join());
        assertEquals(deaths, pool.stats().deaths());
    }

    // -- the rings ---------------------------------------------------------------------------

    @Test
    void f30_a_reply_of_no_known_kind_costs_the_worker() {
        assertSaysWhatCannotBe("no such kind of record: 99", deathAfter(() -> Sabotage.reply((byte) 99)));
    }

    @Test
    void f30_a_reply_too_many_costs_the_worker() {
        var cause = deathAfter(() -> Sabotage.reply(new byte[1_000]));

        assertTrue(cause.startsWith("was killed, since it sent what cannot be: a worker sent "), cause);
    }

    @Test
    void f30_a_lease_that_ends_too_early_costs_the_worker() {
        var cause = deathAfter(() -> Sabotage.reply(Kind.LEASE_END, MINUS, MINUS, MINUS, MINUS,
                MINUS, MINUS, MINUS, MINUS));

        assertTrue(cause.startsWith("was killed, since it sent what cannot be: a worker ended a lease after "), cause);
    }

    @Test
    void f30_positions_that_cannot_be_cost_the_worker() {
        for (long more : List.of(-1L, 1L << 40, -1L << 40)) {
            var cause = deathAfter(() -> Sabotage.claim(more));

            assertTrue(cause.startsWith(
                    "was killed, since it sent what cannot be: a writer claims to have written "), cause);
        }
    }
}
