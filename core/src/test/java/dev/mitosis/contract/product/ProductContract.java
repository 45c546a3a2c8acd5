package dev.mitosis.contract.product;

import dev.mitosis.Backend;
import dev.mitosis.Pool;
import dev.mitosis.PoolConfig;
import dev.mitosis.contract.PoolContract;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Ledger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Options together: for each pair of values of two options, verbs and behaviours of items included, there is a call
/// with both, and it shows what the [Model] says.
abstract class ProductContract extends PoolContract {
    @TempDir
    static Path directory; // until the pool is closed

    private Pool two; // as few as show that others go on: many of them are started

    /// {@return the calls to make}
    abstract Stream<Combination> combinations();

    @BeforeAll
    void openTwo() {
        two = open(this::quickToStart);
    }

    @AfterAll
    void closeTwo() {
        two.close();
    }

    private PoolConfig quickToStart(PoolConfig config) {
        if (!isProcesses()) {
            return config.withWorkers(2);
        }
        var subject = new Subject(Ledger.in(directory), new Gate.Door("nowhere"));
        return config.withWorkers(2).withJvmArgs("-XX:TieredStopAtLevel=1")
                .withInitializer(() -> subject.fold(Subject.Item.of(0, Behaviour.FINE))); // loads what items need
    }

    private boolean isProcesses() {
        return backend().equals(Backend.processes());
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void every_item_ends_as_the_model_says(Combination call) throws Exception {
        var shortLimit = Duration.ofSeconds(1);
        try (var gate = Gate.create()) {
            var subject = new Subject(Ledger.in(directory), gate.door());

            var seen = call.verb().run(two.with(o -> call.options(o, shortLimit)), subject, call.items());

            check(call, seen, subject);
        }
    }

    private static void check(Combination call, Seen seen, Subject subject) {
        try {
            new Model(call).check(seen, subject);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n  of " + call, e);
        }
    }
}
