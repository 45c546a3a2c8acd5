package dev.mitosis.faults;

import static dev.mitosis.testing.Failures.failureOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.TaskTimeoutException;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Processes that a task has started, and those that these have started: gone with the worker.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F21DescendantsProcessTest {
    /// A shell that starts a shell that starts a sleeper; a sleeper whose parent has ended; one in a session of its
    /// own. Each says its number.
    private static final String CHAIN = """
            echo $$
            sh -c 'echo $$; sh -c "echo \\$\\$; exec sleep 1000" & wait' &
            (sh -c 'echo $$; exec sleep 1000' &)
            setsid sh -c 'echo $$; exec sleep 1000' &
            wait
            """;
    private static final int PROCESSES = 5;

    private final List<Long> started = new ArrayList<>();

    private static String startChain() throws IOException {
        var process = new ProcessBuilder("sh", "-c", CHAIN).start();
        var output = process.inputReader();
        var pids = new ArrayList<String>();
        while (pids.size() < PROCESSES) {
            pids.add(output.readLine());
        }
        return String.join(" ", pids);
    }

    private static int startChainAndWait(Gate.Door door) throws IOException {
        door.passStubbornly(startChain());
        return 1;
    }

    private Gate.Visitor awaitChain(Gate gate) {
        var visitor = gate.arrival();
        noteChain(visitor.name());
        return visitor;
    }

    private void noteChain(String pids) {
        Stream.of(pids.split(" ")).map(Long::valueOf).forEach(started::add);
        assertEquals(PROCESSES, started.size());
        assertTrue(started.stream().allMatch(Processes::isAlive), "they run: " + started);
    }

    private void assertAllAreGone() {
        Eventually.holds(Duration.ofSeconds(10),
                () -> started.stream().noneMatch(Processes::isAlive),
                () -> "left: " + started.stream().filter(Processes::isAlive).map(Processes::describe).toList());
    }

    @AfterEach
    void killWhatIsLeft() {
        started.stream().filter(Processes::isAlive).forEach(Processes::kill9);
    }

    @Test
    void f21_they_end_with_a_worker_that_was_killed_at_a_time_out() {
        try (var gate = Gate.create(); var pool = Pool.open(1)) {
            var door = gate.door();
            noteChain(pool.apply(() -> startChain())); // which the time-out is not for
            var limited = pool.with(o -> o.withTimeout(Duration.ofSeconds(1)).withGrace(Duration.ZERO));

            assertInstanceOf(TaskTimeoutException.class,
                    failureOf(() -> limited.apply(() -> door.passStubbornly("waiting"))));

            assertAllAreGone();
        }
    }

    private static <T> T resultOf(java.util.concurrent.Future<T> call) {
        try {
            return call.get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void f21_they_end_with_a_worker_that_somebody_killed() {
        try (var gate = Gate.create(); var pool = Pool.open(1)) {
            var door = gate.door();
            var task = pool.applyAsync(() -> startChainAndWait(door));
            Processes.kill9(awaitChain(gate).pid());

            Calls.failureOf(task, WorkerDiedException.class);

            assertAllAreGone();
        }
    }

    @Test
    void f21_they_end_when_the_pool_is_closed() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            try (var pool = Pool.open(1)) {
                var task = pool.applyAsync(() -> startChainAndWait(door));
                awaitChain(gate).release();
                assertEquals(1, resultOf(task));
            }

            assertAllAreGone();
        }
    }

    @Test
    void f21_they_end_when_the_pool_is_terminated() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            try (var pool = Pool.open(1)) {
                var _ = pool.applyAsync(() -> startChainAndWait(door));
                awaitChain(gate);

                pool.terminate();
            }

            assertAllAreGone();
        }
    }
}
