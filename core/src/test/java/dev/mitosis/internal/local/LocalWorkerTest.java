package dev.mitosis.internal.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.RemoteLongOperator;
import dev.mitosis.internal.codec.Functions;
import dev.mitosis.spi.Items;
import dev.mitosis.spi.Job;
import dev.mitosis.spi.Lease;
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
    private final class Noting implements Lease {
        private final Consumer<String> listener;

        Noting(Consumer<String> listener) {
            this.listener = listener;
        }

        private void tell(String what) {
            listener.accept(what);
            told.add(what);
        }

        @Override
        public Job job() {
            RemoteLongOperator same = n -> n;
            var function = new Job.Function(1, Functions.encode(same), true);
            return new Job(1, "", Job.Verb.MAP_LONG, function, 0, null, false, false);
        }

        @Override
        public Items items() {
            return new Items.Range(0);
        }

        @Override
        public int count() {
            return COUNT;
        }

        @Override
        public long index() {
            return 0;
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public long ticket() {
            return 10;
        }

        @Override
        public long pid() {
            return ProcessHandle.current().pid();
        }

        @Override
        public void keep(int first) {}

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
