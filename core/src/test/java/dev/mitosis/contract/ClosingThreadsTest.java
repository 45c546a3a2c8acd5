package dev.mitosis.contract;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.Backend;
import org.junit.jupiter.api.RepeatedTest;

class ClosingThreadsTest extends ClosingContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }

    @RepeatedTest(20)
    void a_pool_may_be_closed_while_its_workers_are_replaced() {
        try (var pool = open(c -> c.withWorkers(2).withMaxTasksPerWorker(1))) {
            assertEquals(upTo(4), pool.map(n -> n, upTo(4)));
        }
    }
}
