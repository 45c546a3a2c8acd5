package dev.mitosis.python;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Output;
import dev.mitosis.WorkerStartException;
import dev.mitosis.contract.PoolContract;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/// `test_init` of CPython's `test_concurrent_futures`: the initializer of each worker, and what its failure costs.
abstract class PythonInitContract extends PoolContract {
    private static final class Status {
        private static volatile String value = "uninitialized";
    }

    @Test // InitializerMixin.test_initializer
    void every_worker_sees_what_the_initializer_did() throws Exception {
        try (var pool = open(c -> c.withWorkers(2).withInitializer(() -> Status.value = "initialized"));
                var executor = pool.executor()) {
            var tasks = upTo(20).stream().map(_ -> executor.submit(() -> Status.value)).toList();
            for (var task : tasks) {
                assertEquals("initialized", task.get());
            }
            assertEquals(Set.of("initialized"), new HashSet<>(pool.map(_ -> Status.value, upTo(20), 1)));
        }
    }

    @Test // FailingInitializerMixin.test_initializer: there the executor is broken for ever, here each call says why
    void an_initializer_that_fails_fails_what_was_asked_before_and_after() {
        try (var pool = open(c -> c.withWorkers(2).withOutput(Output.discard()).withInitializer(() -> {
            throw new IllegalStateException("error in initializer");
        }))) {
            var before = upTo(5).stream().map(n -> pool.applyAsync(() -> n)).toList();
            for (var task : before) {
                var failure = assertThrows(ExecutionException.class, task::get).getCause();
                assertSaysWhy(assertInstanceOf(WorkerStartException.class, failure));
            }
            assertSaysWhy(assertThrows(WorkerStartException.class, () -> pool.apply(() -> 1)));
            assertSaysWhy(assertThrows(WorkerStartException.class,
                    () -> pool.mapReduce(n -> n, Integer::sum, 0, upTo(3))));
            try (var results = pool.imap(n -> n, Collections.nCopies(3, 1))) {
                assertSaysWhy(assertThrows(WorkerStartException.class, results::next));
            }
        }
    }

    private static void assertSaysWhy(WorkerStartException failure) {
        assertTrue(failure.getMessage().contains("error in initializer"), failure.getMessage());
    }

    @Test // the same without a task: closing does not wait for workers that never come
    void a_pool_whose_initializer_fails_can_be_closed_at_once() {
        var pool = open(c -> c.withWorkers(2).withOutput(Output.discard()).withInitializer(() -> {
            throw new IllegalStateException("error in initializer");
        }));

        pool.close();

        assertEquals(List.of(), pool.stats().workers().stream().filter(worker -> worker.pid() > 0
                && worker.state().equals("busy")).toList());
    }
}
