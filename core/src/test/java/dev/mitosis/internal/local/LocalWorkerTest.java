package dev.mitosis.internal.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.testing.NumbersLease;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// A thread as a worker, given up at a moment that no test of a pool can choose.
class LocalWorkerTest {
    private static final int COUNT = 3;

    private final LocalWorker worker = new LocalWorker(0, true, Map.of());
    private final List<String> told = new ArrayList<>();

    /// A lease of numbers that notes what it is told.
    private final class Noting extends NumbersLease {
        private final Consumer<String> listener;

        Noting(Consumer<String> listener) {
            super(identity(), COUNT);
            this.listener = listener;
        }

        private void tell(String what) {
            listener.accept(what);
            told.add(what);
        }

        @Override
        public void replied(byte[] records, int length, int items, boolean allOk) {
            tell("an outcome");
        }

        @Override
        public void ended(long runNanos) {
            tell("the end");
        }
    }

    private void giveUp() {
        worker.abandon(running -> told.add("given up while running " + running));
    }

    @Test
    void an_outcome_that_is_on_its_way_is_there_before_the_worker_is_given_up() {
        worker.run(new Noting(_ -> giveUp()));

        assertEquals(List.of("an outcome", "given up while running -1"), told);
    }

    @Test
    void an_end_that_is_on_its_way_is_there_before_the_worker_is_given_up() {
        worker.run(new Noting(what -> {
            if (what.equals("the end")) {
                giveUp();
            }
        }));

        assertEquals(List.of("an outcome", "an outcome", "an outcome", "the end", "given up while running -1"), told);
    }

    @Test
    void nothing_begins_in_a_worker_that_was_given_up() {
        giveUp();

        worker.run(new Noting(_ -> {}));

        assertEquals(List.of("given up while running -1"), told);
    }
}
