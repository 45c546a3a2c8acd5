package dev.mitosis.internal.supervise;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.internal.supervise.WorkerEvent.Arrived;
import dev.mitosis.internal.supervise.WorkerEvent.Exited;
import dev.mitosis.internal.supervise.WorkerEvent.FellSilent;
import dev.mitosis.internal.supervise.WorkerEvent.RingDrained;
import dev.mitosis.internal.supervise.WorkerEvent.SaidLeft;
import dev.mitosis.internal.supervise.WorkerEvent.SaidReady;
import dev.mitosis.internal.supervise.WorkerEvent.SeatIsFree;
import dev.mitosis.internal.supervise.WorkerEvent.ToldToLeave;
import dev.mitosis.internal.supervise.WorkerEvent.WasKilled;
import dev.mitosis.internal.supervise.WorkerState.Doomed;
import dev.mitosis.internal.supervise.WorkerState.Drained;
import dev.mitosis.internal.supervise.WorkerState.Ended;
import dev.mitosis.internal.supervise.WorkerState.Gone;
import dev.mitosis.internal.supervise.WorkerState.Launched;
import dev.mitosis.internal.supervise.WorkerState.Leaving;
import dev.mitosis.internal.supervise.WorkerState.Preparing;
import dev.mitosis.internal.supervise.WorkerState.Reach;
import dev.mitosis.internal.supervise.WorkerState.Ready;
import dev.mitosis.internal.supervise.WorkerState.Warm;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Every event in every state a worker can come to, against a table of what must follow.
class WorkerStateTest {
    private static final List<WorkerEvent> EVENTS = List.of(
            new Arrived(), new SaidReady(0), new SeatIsFree(), new ToldToLeave(), new SaidLeft(),
            new WasKilled(), new FellSilent(), new RingDrained(), new Exited(137));

    // what follows, in the order of EVENTS: the name of a state, "-" for the same, "!" for a bug of ours
    private static final Map<String, String> TABLE = Map.ofEntries(
            entry("Launched", "Preparing Doomed ! Doomed Doomed Doomed Doomed ! Ended"),
            entry("Preparing", "! Warm ! Doomed Doomed Doomed Doomed Drained Gone"),
            entry("Warm", "! Doomed Ready Leaving Doomed Doomed Doomed Drained Gone"),
            entry("Ready", "! Doomed ! Leaving Doomed Doomed Doomed Drained Gone"),
            entry("Leaving", "! Doomed ! - Leaving Doomed Doomed Drained Gone"),
            entry("Doomed with a ring", "! - ! - - - - Drained Gone"),
            entry("Doomed without", "Doomed - ! - - - - ! Ended"),
            entry("Drained", "! - ! - - - - ! Ended"),
            entry("Drained while leaving", "! - ! - Drained - - ! Ended"),
            entry("Gone", "! - ! - - - - Ended !"),
            entry("Ended", "- - ! - - - - ! !"));

    private static String row(WorkerState state) {
        var name = state.getClass().getSimpleName();
        return name + switch (state) {
            case Doomed doomed -> doomed.linked() ? " with a ring" : " without";
            case Drained(Reach reach) when reach == Reach.LEAVING -> " while leaving";
            default -> "";
        };
    }

    private static Set<WorkerState> reachable() {
        var known = new HashSet<WorkerState>();
        var open = new java.util.ArrayDeque<WorkerState>(List.of(new Launched()));
        for (WorkerState state; (state = open.poll()) != null; ) {
            if (known.add(state)) {
                for (var event : EVENTS) {
                    if (!expected(state, event).equals("!")) {
                        open.add(state.after(event));
                    }
                }
            }
        }
        return known;
    }

    private static String expected(WorkerState state, WorkerEvent event) {
        return TABLE.get(row(state)).split(" ")[EVENTS.indexOf(event)];
    }

    @Test
    void each_event_in_each_state_has_the_effect_that_the_table_says() {
        var states = reachable();
        assertEquals(TABLE.keySet(), Set.copyOf(states.stream().map(WorkerStateTest::row).toList()));
        for (var state : states) {
            for (var event : EVENTS) {
                var what = state + " and " + event;
                var expected = expected(state, event);
                if (expected.equals("!")) {
                    var bug = assertThrows(IllegalStateException.class, () -> state.after(event), what);
                    assertTrue(bug.getMessage().contains(state + " and got " + event), bug.getMessage());
                } else if (expected.equals("-")) {
                    assertEquals(state, state.after(event), what);
                } else {
                    assertEquals(expected, state.after(event).getClass().getSimpleName(), what);
                }
            }
        }
    }

    @Test
    void how_far_a_worker_came_in_order_is_never_forgotten() {
        for (var state : reachable()) {
            for (var event : EVENTS) {
                if (!expected(state, event).equals("!")) {
                    var next = state.after(event);
                    assertTrue(next.reach().compareTo(state.reach()) >= 0, state + " and " + event);
                    assertTrue(next.isAlive() || next.reach() == state.reach()
                            || event instanceof SaidLeft && next.reach() == Reach.LEFT, state + " and " + event);
                }
            }
        }
        assertEquals(Reach.LEFT, new Leaving(Reach.LEAVING).after(new SaidLeft()).after(new Exited(0)).reach());
        assertEquals(Reach.LEFT, new Drained(Reach.LEAVING).after(new SaidLeft()).after(new Exited(0)).reach(),
                "its ring may be drained before its last word is heard");
    }

    @Test
    void what_is_not_alive_never_is_again() {
        for (var state : reachable()) {
            for (var event : EVENTS) {
                if (!state.isAlive() && !expected(state, event).equals("!")) {
                    assertFalse(state.after(event).isAlive(), state + " and " + event);
                }
            }
        }
    }

    /// The events of our own side come as often as they can: an exit once, a drained ring once and after arrival.
    @Test
    void every_life_ends_when_the_process_has_exited_and_its_ring_is_drained() {
        var random = new Random(42);
        for (int life = 0; life < 20_000; life++) {
            WorkerState state = new Launched();
            boolean exited = false;
            boolean drained = false;
            for (int i = 0; i < 40; i++) {
                var event = EVENTS.get(random.nextInt(EVENTS.size()));
                boolean mayHappen = switch (event) {
                    case Exited _ -> !exited;
                    case RingDrained _ -> state.hasRing();
                    case Arrived _ -> state instanceof Launched
                            || state instanceof Doomed doomed && !doomed.linked();
                    case SeatIsFree _ -> state instanceof Warm;
                    default -> true;
                };
                if (mayHappen) {
                    state = state.after(event);
                    exited |= event instanceof Exited;
                    drained |= event instanceof RingDrained;
                }
                boolean over = exited && !state.hasRing();
                assertEquals(over, state instanceof Ended, "life " + life + ": " + state + ", drained " + drained);
            }
        }
    }

    @Test
    void users_are_told_four_words() {
        assertEquals("starting", new Launched().describe());
        assertEquals("starting", new Preparing().describe());
        assertEquals("starting", new Warm().describe());
        assertEquals("ready", new Ready().describe());
        for (var state : List.of(new Leaving(Reach.LEAVING), new Doomed(Reach.READY, true), new Drained(Reach.READY),
                new Gone(Reach.READY, 1), new Ended(Reach.READY, 1))) {
            assertEquals("leaving", state.describe());
        }
    }
}
