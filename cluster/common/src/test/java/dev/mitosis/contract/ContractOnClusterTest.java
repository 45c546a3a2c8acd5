package dev.mitosis.contract;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.Backend;
import dev.mitosis.Pool;
import dev.mitosis.cluster.ClusterUnderTest;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The contract of all back-ends, on whatever cluster this module tests.
///
/// Left out is what needs workers on this machine (values that are shared, objects that are hosted), and what is
/// said of prefetched items, of which a cluster has none. A worker that is killed since its item was cancelled and is
/// deaf is not counted among the deaths: nobody is told of it any more.
@Tag("process")
class ContractOnClusterTest {
    /// What the engine keeps from its first pool on is no leak of a test.
    @BeforeAll
    static void theEngineIsWarm() {
        try (var pool = Pool.open(c -> c.withBackend(ClusterUnderTest.backend()))) {
            assertEquals(1, pool.apply(() -> 1));
        }
    }

    private static void everywhereIsRefused(Pool pool) {
        var refusal = assertThrows(UnsupportedOperationException.class, () -> pool.everywhere(() -> {}));

        assertEquals("the workers of this pool are on other machines: everywhere is not possible; an initializer runs"
                + " in each of them", refusal.getMessage());
    }

    @Nested
    class Apply extends ApplyContract {
        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class Bounds extends BoundsContract {
        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class ChunkSizeProperty extends ChunkSizePropertyContract {
        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class Closing extends ClosingContract {
        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class ConcurrentFailFast extends ConcurrentFailFastContract {
        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class Context extends ContextContract {
        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class Emit extends EmitContract {
        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class Errors extends ErrorsContract {
        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class Executor extends ExecutorContract {
        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class ExecutorShutdown extends ExecutorShutdownContract {
        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class FailFast extends FailFastContract {
        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class Gatherers extends GatherersContract {
        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class Interrupts extends InterruptsContract {
        /// Nodes come and go, so that nothing is run on each.
        @Override
        @Test
        void an_interrupted_everywhere_goes_on_without_its_caller() {
            everywhereIsRefused(pool());
        }

        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class Lazy extends LazyContract {
        /// What a node has done of a batch comes together, when it has done all of it.
        @Override
        @Test
        void a_long_batch_hands_out_its_first_results_while_it_runs() {
            try (var results = pool().imap(n -> n, upTo(100), 50)) {
                var all = new ArrayList<Integer>();
                results.forEachRemaining(all::add);
                assertEquals(upTo(100), all);
            }
        }

        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class LongVerbs extends LongVerbsContract {
        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class Options extends OptionsContract {
        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class OrderlyClose extends OrderlyCloseContract {
        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class StarVerbs extends StarVerbsContract {
        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class Tasks extends TasksContract {
        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class Timeouts extends TimeoutsContract {
        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class Verbs extends VerbsContract {
        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }

    @Nested
    class Views extends ViewsContract {
        /// Nodes come and go, so that nothing is run on each.
        @Override
        @Test
        void everywhere_names_the_worker_on_which_it_failed() {
            everywhereIsRefused(pool());
        }

        /// Nodes come and go, so that nothing is run on each.
        @Override
        @Test
        void everywhere_runs_once_on_every_worker() {
            everywhereIsRefused(pool());
        }

        @Override
        protected Backend backend() {
            return ClusterUnderTest.backend();
        }
    }
}
