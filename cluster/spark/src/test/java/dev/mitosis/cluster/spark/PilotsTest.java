package dev.mitosis.cluster.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.agent.spark.SparkPilot.Question;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Who carries what, without Spark: pilots are launched by nobody, and ask when the test has them ask.
class PilotsTest {
    private static final String LEAVE = "leave";
    private static final IOException LOST = new IOException("the executor is gone");

    private final ArrayDeque<Pilot> launched = new ArrayDeque<>();
    private int most = 4;
    private long now;
    private final Pilots pilots = new Pilots(launched::add, () -> most, () -> now);

    private Flight submit(String frame) {
        var flight = new Flight(List.of(ByteBuffer.wrap(frame.getBytes(UTF_8))));
        pilots.submit(flight);
        return flight;
    }

    /// What a pilot is told, as it comes.
    private static final class Told {
        private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();

        void tell(byte[][] frame) {
            told.add(frame.length == 0 ? LEAVE : new String(frame[1], UTF_8));
        }

        String now() {
            return told.poll();
        }

        String soon() throws InterruptedException {
            return told.poll(10, TimeUnit.SECONDS);
        }
    }

    private Told begins(Pilot pilot) {
        return asks(new Question(pilot.number(), 0, null));
    }

    /// Brings the answer of its last leg.
    private Told answers(Pilot pilot, String answer) {
        return answers(pilot, pilot.leg(), answer);
    }

    private Told answers(Pilot pilot, long leg, String answer) {
        return asks(new Question(pilot.number(), leg, answer.getBytes(UTF_8)));
    }

    private Told asks(Question question) {
        var told = new Told();
        pilots.asked(question, told::tell);
        return told;
    }

    /// Launches one and has it fly with a frame.
    private Pilot flies(String frame) {
        var pilot = launched.remove();
        assertEquals(frame, begins(pilot).now());
        return pilot;
    }

    private static String answerOf(Flight flight) {
        assertTrue(flight.future().isDone());
        return new String(flight.future().join(), UTF_8);
    }

    private static Throwable failureOf(Flight flight) {
        assertTrue(flight.future().isDone());
        return assertThrows(ExecutionException.class, flight.future()::get).getCause();
    }

    @Test
    void a_frame_has_a_pilot_launched_that_carries_it() {
        var flight = submit("a");
        answers(flies("a"), "A");
        assertEquals("A", answerOf(flight));
        assertTrue(launched.isEmpty());
    }

    @Test
    void who_has_answered_is_given_what_has_waited_for_longest() {
        submit("a");
        submit("b");
        submit("c");
        var pilot = flies("a");
        assertEquals("b", answers(pilot, "A").now());
        assertEquals("c", answers(pilot, "B").now());
    }

    @Test
    void who_rests_is_given_the_next_frame_and_nobody_is_launched() {
        submit("a");
        var told = answers(flies("a"), "A");
        assertNull(told.now());
        submit("b");
        assertEquals("b", told.now());
        assertTrue(launched.isEmpty());
    }

    @Test
    void who_rests_in_vain_is_sent_away_and_the_next_frame_has_another_launched() throws Exception {
        submit("a");
        var told = answers(flies("a"), "A");
        assertEquals(LEAVE, told.soon());
        submit("b");
        flies("b");
    }

    @Test
    void who_begins_when_all_is_done_leaves_at_once() {
        submit("a");
        submit("b");
        answers(flies("a"), "A");
        var late = launched.remove();
        assertEquals(LEAVE, begins(late).now());
        assertEquals(LEAVE, begins(late).now());
    }

    @Test
    void who_has_stayed_for_a_second_leaves_its_slot_to_another() {
        submit("a");
        var pilot = flies("a");
        submit("b");
        now += TimeUnit.SECONDS.toNanos(1);
        assertEquals(LEAVE, answers(pilot, "A").now());
        flies("b");
    }

    @Test
    void there_are_no_more_than_there_may_be_and_one_that_has_left_is_replaced() {
        for (int i = 0; i < 9; i++) {
            submit("f");
        }
        assertEquals(most, launched.size());
        var pilot = flies("f");
        now += TimeUnit.SECONDS.toNanos(1);
        answers(pilot, "F");
        assertEquals(most, launched.size());
    }

    @Test
    void more_are_launched_when_there_may_be_more() {
        for (int i = 0; i < 9; i++) {
            submit("f");
        }
        most = 6;
        pilots.launch();
        assertEquals(6, launched.size());
    }

    @Test
    void who_is_lost_takes_its_frame_along_and_no_other() {
        var flight = submit("a");
        var pilot = flies("a");
        var other = submit("b");
        pilots.ended(pilot, LOST);
        assertSame(LOST, failureOf(flight));
        assertEquals(LEAVE, answers(pilot, "A").now());
        answers(flies("b"), "B");
        assertEquals("B", answerOf(other));
    }

    @Test
    void who_is_lost_before_it_began_costs_the_frame_that_has_waited_for_longest() {
        var flight = submit("a");
        var other = submit("b");
        pilots.ended(launched.remove(), LOST);
        assertSame(LOST, failureOf(flight));
        assertFalse(other.future().isDone());
        flies("b");
    }

    @Test
    void who_is_lost_while_it_rests_costs_nothing() {
        submit("a");
        var pilot = flies("a");
        answers(pilot, "A");
        pilots.ended(pilot, LOST);
        var flight = submit("b");
        flies("b");
        assertFalse(flight.future().isDone());
    }

    @Test
    void who_ends_without_a_word_about_its_frame_has_lost_it() {
        var flight = submit("a");
        pilots.ended(flies("a"), null);
        assertEquals("a task has ended without the frame it was given", failureOf(flight).getMessage());
    }

    @Test
    void a_task_that_is_run_again_is_given_the_same_frame() {
        submit("a");
        submit("b");
        var pilot = flies("a");
        assertEquals("a", begins(pilot).now());
    }

    @Test
    void an_answer_that_comes_twice_is_not_taken_for_another_frame() {
        submit("a");
        var other = submit("b");
        var pilot = flies("a");
        begins(pilot); // as a task does that is run twice at a time
        answers(pilot, 1, "A");
        assertEquals("b", answers(pilot, 1, "A").now());
        assertFalse(other.future().isDone());
        answers(pilot, 2, "B");
        assertEquals("B", answerOf(other));
    }

    @Test
    void a_long_answer_that_comes_twice_is_not_taken_for_another_frame() {
        submit("a");
        var other = submit("b");
        var pilot = flies("a");
        answers(pilot, "A");
        pilot.job().returned("A\0\0\0\0\0\0\0\1".getBytes(UTF_8));
        pilots.ended(pilot, null);
        assertEquals("a task has ended without the frame it was given", failureOf(other).getMessage());
    }

    @Test
    void a_task_that_is_run_again_sends_away_the_one_that_rests() {
        submit("a");
        var pilot = flies("a");
        var rests = answers(pilot, "A");
        assertEquals(LEAVE, begins(pilot).now());
        assertEquals(LEAVE, rests.now());
        submit("b");
        flies("b");
    }

    @Test
    void a_frame_that_was_recalled_before_it_came_is_carried_by_nobody() {
        var flight = new Flight(List.of());
        flight.cancel();
        pilots.recall(flight);
        pilots.submit(flight);
        assertTrue(launched.isEmpty());
    }

    @Test
    void a_frame_that_is_recalled_while_it_waits_is_carried_by_nobody() {
        var flight = submit("a");
        pilots.recall(flight);
        assertEquals(LEAVE, begins(launched.remove()).now());
    }

    @Test
    void a_frame_that_is_recalled_in_the_air_takes_its_pilot_along() {
        var flight = submit("a");
        var pilot = flies("a");
        pilots.recall(flight);
        submit("b");
        assertEquals(LEAVE, answers(pilot, "A").now());
        assertFalse(flight.future().isDone());
        flies("b");
    }

    @Test
    void a_long_answer_is_what_the_task_returns() {
        var flight = submit("a");
        var pilot = flies("a");
        pilot.job().returned("A\0\0\0\0\0\0\0\1".getBytes(UTF_8));
        pilots.ended(pilot, null);
        assertEquals("A", answerOf(flight));
    }

    @Test
    void a_frame_that_cannot_be_sent_fails_and_the_next_has_another_pilot() {
        var flight = submit("a");
        var failure = new IllegalStateException("no connection");
        pilots.asked(new Question(launched.remove().number(), 0, null), frame -> {
            throw failure;
        });
        assertSame(failure, failureOf(flight));
        submit("b");
        flies("b");
    }

    @Test
    void who_rests_is_sent_away_when_it_is_closed() {
        submit("a");
        var told = answers(flies("a"), "A");
        pilots.close();
        assertEquals(LEAVE, told.now());
    }

    @Test
    void nobody_is_given_anything_once_it_is_closed() {
        submit("a");
        submit("b");
        var pilot = flies("a");
        pilots.close();
        assertEquals(LEAVE, answers(pilot, "A").now());
        assertEquals(LEAVE, begins(launched.remove()).now());
        submit("c");
        assertNull(launched.poll());
    }
}
