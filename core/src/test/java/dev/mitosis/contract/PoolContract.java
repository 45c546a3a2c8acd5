package dev.mitosis.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Backend;
import dev.mitosis.Pool;
import dev.mitosis.PoolConfig;
import dev.mitosis.testing.Failures;
import dev.mitosis.testing.LeakCheck;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// A part of the contract, run for one back-end by each subclass; one pool serves a whole class.
@ExtendWith(LeakCheck.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PoolContract {
    /// How many workers the pool of a class has where the back-end has more than one.
    protected static final int WORKERS = 3;

    private Pool shared; // opened by the first test that wants it

    /// {@return the back-end under test}
    protected abstract Backend backend();

    /// {@return the pool that the tests of this class share}
    protected final synchronized Pool pool() {
        if (shared == null) {
            shared = open(c -> c.withWorkers(WORKERS));
        }
        return shared;
    }

    /// {@return a view of it whose cancelled items have time to end, however busy the machine is}
    protected final Pool patient() {
        return pool().with(o -> o.withGrace(Duration.ofSeconds(20)));
    }

    /// Requires the stacks of an item that ran out of time to show a method; those of another
    /// process may come too late.
    ///
    /// @param method the method
    /// @param dump the stacks
    protected final void assertStackOf(String method, String dump) {
        if (backend().equals(Backend.threads())) {
            assertTrue(dump.contains(method), dump);
        } else {
            Failures.assertStackOf(method, dump);
        }
    }

    /// Opens a pool of its own for one test.
    ///
    /// @param edit edits its configuration
    /// @return the pool
    protected final Pool open(UnaryOperator<PoolConfig> edit) {
        return Pool.open(c -> edit.apply(c.withBackend(backend())));
    }

    @AfterAll
    void closePool() {
        if (shared != null) {
            shared.close();
        }
    }
}
