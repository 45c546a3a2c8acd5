package dev.mitosis.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.WorkerStartException;
import dev.mitosis.agent.Reply;
import dev.mitosis.internal.node.Answer;
import dev.mitosis.internal.node.Work;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.CrewListener;
import dev.mitosis.spi.Job;
import dev.mitosis.spi.Lease;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.NumbersLease;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ChairsTest {
    /// Notes what it is told when it is through with it; other seats are settled while it is at it.
    private static final class Slow implements CrewListener {
        final List<String> told = new CopyOnWriteArrayList<>();
        Runnable meanwhile = () -> {};

        private void tell(String what) {
            meanwhile.run();
            told.add(what);
        }

        @Override
        public void ready(int seat, long pid, int onboarded) {
            tell("ready " + seat);
        }

        @Override
        public void left(int seat) {
            tell("left " + seat);
        }

        @Override
        public void died(int seat, Death death) {}

        @Override
        public void worn(int seat) {}

        @Override
        public void gaveUp(int seat, WorkerStartException why) {}

        @Override
        public void hopeless(WorkerStartException why) {
            tell("hopeless");
        }
    }

    /// A lease of one item that does something before it takes the outcome.
    private static final class Early extends NumbersLease {
        private final long promisedTo;
        private final Runnable before;
        private final List<String> told;

        Early(long promisedTo, Runnable before, List<String> told) {
            super(new Job(1, "", Job.Verb.MAP, new Job.Function(1, Bytes.of(new byte[1]), true), 0, null, false,
                    false), 1);
            this.promisedTo = promisedTo;
            this.before = before;
            this.told = told;
        }

        @Override
        public long pid() {
            return promisedTo;
        }

        @Override
        public void runBy(long pid) {
            before.run();
        }

        @Override
        public void replied(byte[] records, int length, int items, boolean allOk) {
            told.add("replied");
        }
    }

    /// An engine that answers at once that an item had an outcome.
    private record Answering() implements ClusterTransport {
        @Override
        public CompletableFuture<byte[]> submit(Submission submission) {
            var answer = new Answer(Bytes.of(Answer.cancelled(1)), 1, new Answer.Ran(1, 1, 0), List.of(),
                    new Answer.End.Through());
            return CompletableFuture.completedFuture(new Reply(Reply.Status.DONE, "", List.of(),
                    ByteBuffer.wrap(answer.toBytes().toArray())).toBytes());
        }

        @Override
        public void cancel(long id) {}

        @Override
        public void watchMembers(Consumer<MemberEvent> consumer) {}

        @Override
        public Capabilities capabilities() {
            return new Capabilities("answers", 1 << 20, Duration.ofMillis(20), true, false);
        }

        @Override
        public Failure classify(Throwable failure) {
            return Failure.REJECTED;
        }

        @Override
        public void close() {}
    }

    private final Slow listener = new Slow();
    private final Chairs chairs = new Chairs(1, 1, listener);

    private static LeaseTrip trip(Lease lease, LeaseTrip.Owner owner) {
        var way = new LeaseTrip.Way(new Session("token", "spec", new LooseClasses(List.of()), List.of()),
                new Carriage(new Answering(), new Shelf()), new Losses(), new LongAdder(), () -> 1, List::of);
        return new LeaseTrip(lease, way, it -> Work.of(it, "hash", null, List.of(), 1 << 10), owner);
    }

    private void open() {
        chairs.open(); // which tells on another thread
        Eventually.holds("the seat is there", () -> chairs.isReady(0));
        chairs.adjust(() -> 1);
        Eventually.holds("that is told", () -> listener.told.size() == 1);
    }

    @Test
    void a_seat_that_begins_anew_is_told_to_be_left_before_it_is_told_to_be_ready() {
        open();
        listener.meanwhile = () -> chairs.adjust(() -> 1); // as another thread does whose trip has ended
        chairs.renew(0);
        Eventually.holds("all of it is told", () -> listener.told.size() == 3); // by whoever tells just now
        assertEquals(List.of("ready 0", "left 0", "ready 0"), listener.told);
    }

    @Test
    void what_was_promised_to_a_seat_before_it_began_anew_is_not_taken_after_that() {
        open();
        var promised = trip(new Early(1, () -> {}, listener.told), (_, _) -> {});
        chairs.renew(0);
        Eventually.holds("all of it is told", () -> listener.told.size() == 3);

        assertFalse(chairs.take(0, promised)); // whoever was told that the seat was left gives it to another
        assertTrue(chairs.take(0, trip(new Early(2, () -> {}, listener.told), (_, _) -> {})));
    }

    @Test
    void an_answer_that_has_come_is_told_to_its_end_before_its_seat_is_given_up() throws InterruptedException {
        open();
        var hopeless = new Thread(() -> chairs.giveUp(new WorkerStartException("no node takes work", null)));
        var trip = trip(new Early(1, () -> {
            hopeless.start();
            Eventually.holds("the seat is given up, or that waits", () -> !hopeless.isAlive()
                    || hopeless.getState() == Thread.State.WAITING);
        }, listener.told), (it, _) -> chairs.leave(0, it, false));
        assertTrue(chairs.take(0, trip));

        trip.run();

        hopeless.join();
        assertEquals(List.of("ready 0", "replied", "left 0", "hopeless"), listener.told);
    }

    @Test
    void a_death_on_a_seat_that_is_not_wanted_any_more_is_not_told_to_be_a_leave_before() {
        var shrunk = new Chairs(0, 2, listener); // four seats
        shrunk.open();
        Eventually.holds("all seats are told", () -> listener.told.size() == 4);
        listener.told.clear();
        var trip = trip(new Early(4, () -> {}, listener.told), (_, _) -> {});
        assertTrue(shrunk.take(3, trip));

        assertTrue(shrunk.leave(3, trip, true));
        shrunk.adjust(() -> 1);
        Eventually.holds("that is told", () -> !listener.told.isEmpty());
        listener.tell("died 3");
        shrunk.freed(3, true);

        shrunk.adjust(() -> 2);
        Eventually.holds("both seats are told again", () -> listener.told.size() >= 4);
        assertEquals(List.of("left 2", "died 3", "ready 2", "ready 3"), listener.told);
    }
}
