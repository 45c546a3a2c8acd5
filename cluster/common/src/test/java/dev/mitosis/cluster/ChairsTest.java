package dev.mitosis.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.WorkerStartException;
import dev.mitosis.spi.CrewListener;
import dev.mitosis.testing.Eventually;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
        public void hopeless(WorkerStartException why) {}
    }

    private final Slow listener = new Slow();
    private final Chairs chairs = new Chairs(1, 1, listener);

    private void open() {
        chairs.open(); // which tells on another thread
        Eventually.holds("the seat is there", () -> chairs.isReady(0));
        chairs.adjust(1);
        Eventually.holds("that is told", () -> listener.told.size() == 1);
    }

    @Test
    void a_seat_that_begins_anew_is_told_to_be_left_before_it_is_told_to_be_ready() {
        open();
        listener.meanwhile = () -> chairs.adjust(1); // as another thread does whose trip has ended
        chairs.renew(0);
        Eventually.holds("all of it is told", () -> listener.told.size() == 3); // by whoever tells just now
        assertEquals(List.of("ready 0", "left 0", "ready 0"), listener.told);
    }
}
