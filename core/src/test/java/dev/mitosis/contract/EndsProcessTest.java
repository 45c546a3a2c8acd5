package dev.mitosis.contract;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.Backend;
import dev.mitosis.WorkerDiedException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class EndsProcessTest extends EndsContract {
    @Override
    protected Backend backend() {
        return Backend.processes();
    }

    @Test
    void a_fold_that_was_cut_names_the_block_in_which_its_worker_died() {
        try (var pool = open(c -> c.withWorkers(1).withMaxTasksPerWorker(10))) {
            var thrown = assertThrows(WorkerDiedException.class, () -> pool.with(o -> o.withChunkSize(50)).mapReduce(
                    EndsProcessTest::haltsAt25, Integer::sum, 0, upTo(50)));
            assertEquals(20, thrown.index());
            assertEquals(20, thrown.report().index());
        }
    }

    private static int haltsAt25(int n) {
        if (n == 25) {
            Runtime.getRuntime().halt(3);
        }
        return n;
    }
}
