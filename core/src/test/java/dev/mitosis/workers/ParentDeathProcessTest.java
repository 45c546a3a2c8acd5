package dev.mitosis.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import dev.mitosis.workers.PoolHolder.Doing;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// No worker outlives the JVM that holds its pool, whatever ends that.
@Tag("process")
@ExtendWith(LeakCheck.class)
class ParentDeathProcessTest {
    private static final Duration SOON = Duration.ofSeconds(5); // two are promised; this machine may be busy

    private static Process hold(Doing doing, Gate gate) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "-Xmx128m", "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"),
                PoolHolder.class.getName(), doing.name(), gate.door().socket())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void awaitReady(Process holder) throws IOException {
        BufferedReader output = holder.inputReader();
        for (String line = output.readLine(); !"ready".equals(line); line = output.readLine()) {
            assertTrue(line != null, "the program ended before it was ready");
        }
    }

    /// The folders that a JVM made for its pools, and that still exist.
    private static List<String> foldersOf(long holder) {
        return Stream.of("/dev/shm", System.getProperty("java.io.tmpdir"))
                .flatMap(parent -> Stream.of(Path.of(parent).toFile().list()))
                .filter(name -> name.startsWith("mitosis-" + holder + "-"))
                .toList();
    }

    private static void assertNobodyIsLeft(long holder) {
        Eventually.holds(SOON,
                () -> Processes.workersOf(holder).isEmpty(),
                () -> "left: " + Processes.workersOf(holder).stream().map(Processes::describe).toList());
    }

    @ParameterizedTest
    @EnumSource(names = {"IDLE", "WAITING", "LOOPING"})
    void no_worker_outlives_a_killed_parent(Doing doing) throws Exception {
        try (var gate = Gate.create()) {
            var holder = hold(doing, gate);
            try {
                awaitReady(holder);
                letWorkersBe(doing, gate);
                assertEquals(2, Processes.workersOf(holder.pid()).size());

                Processes.kill9(holder.pid());

                assertEquals(137, holder.waitFor());
                assertNobodyIsLeft(holder.pid());
                Pool.open(1).close(); // sweeps what the dead have left
                assertEquals(List.of(), foldersOf(holder.pid()));
            } finally {
                holder.destroyForcibly().waitFor();
            }
        }
    }

    private static void letWorkersBe(Doing doing, Gate gate) {
        if (doing == Doing.IDLE) {
            return;
        }
        var visitors = List.of(gate.arrivalOf(1), gate.arrivalOf(2));
        if (doing == Doing.LOOPING) {
            visitors.forEach(Gate.Visitor::release);
        }
    }

    // CPython: _TestPoolWorkerLifetime.test_worker_finalization_via_atexit_handler
    @Test
    void a_program_that_forgets_to_close_its_pool_still_ends() throws Exception {
        try (var gate = Gate.create()) {
            var holder = hold(Doing.LEAVING, gate);
            try (var output = holder.inputReader()) {
                assertEquals(List.of(), output.lines().toList());
                assertEquals(0, holder.waitFor());
                assertNobodyIsLeft(holder.pid());
                assertEquals(List.of(), foldersOf(holder.pid()));
            } finally {
                holder.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void workers_end_with_a_program_that_exits() throws Exception {
        try (var gate = Gate.create()) {
            var holder = hold(Doing.EXITING, gate);
            try {
                gate.arrivalOf(1);
                gate.arrivalOf(2);
                gate.arrivalOf("exit").release();

                assertEquals(3, holder.waitFor());
                assertNobodyIsLeft(holder.pid());
            } finally {
                holder.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void workers_end_with_a_program_that_is_terminated() throws Exception {
        try (var gate = Gate.create()) {
            var holder = hold(Doing.WAITING, gate);
            try {
                awaitReady(holder);
                letWorkersBe(Doing.WAITING, gate);

                Processes.signal("TERM", holder.pid());

                assertEquals(143, holder.waitFor());
                assertNobodyIsLeft(holder.pid());
            } finally {
                holder.destroyForcibly().waitFor();
            }
        }
    }
}
