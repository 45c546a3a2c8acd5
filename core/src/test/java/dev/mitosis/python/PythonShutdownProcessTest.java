package dev.mitosis.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import dev.mitosis.Pool;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// `test_shutdown` of CPython's `test_concurrent_futures`: pools that are shut down, or left to the end of a program.
@Tag("process")
@ExtendWith(LeakCheck.class)
class PythonShutdownProcessTest {
    /// Runs a way to leave a program, which must end by itself, and returns what it printed.
    private static List<String> outputOf(PythonPrograms.Leaving way) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var program = new ProcessBuilder(java, "-Xmx128m", "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), PythonPrograms.class.getName(), way.name())
                .redirectErrorStream(true)
                .start();
        try {
            assertTrue(program.waitFor(30, TimeUnit.SECONDS), "the program hangs");
            assertEquals(0, program.exitValue());
            Eventually.holds("no worker is left", () -> Processes.workersOf(program.pid()).isEmpty());
            return program.inputReader().lines().toList();
        } finally {
            program.destroyForcibly().waitFor();
        }
    }

    @Test // test_interpreter_shutdown: there the end of the program waits, here the end of the block
    void a_program_ends_after_its_tasks_and_what_they_print_is_not_lost() throws Exception {
        assertEquals(List.of("[worker 0] apple"), outputOf(PythonPrograms.Leaving.BLOCK));
    }

    @Test // test_submit_after_interpreter_shutdown
    void a_call_in_a_shutdown_hook_fails_and_does_not_hang() throws Exception {
        assertEquals(List.of("WorkerStartException: no worker can be started: this JVM is exiting"),
                outputOf(PythonPrograms.Leaving.CALL_IN_HOOK));
    }

    @Test
    void a_pool_that_is_opened_in_a_shutdown_hook_is_refused_and_leaves_nothing_behind() throws Exception {
        assertEquals(List.of("nothing is left behind",
                        "WorkerStartException: no worker can be started: this JVM is exiting"),
                outputOf(PythonPrograms.Leaving.OPEN_IN_HOOK));
    }

    @Test // a hook that closes the pool while a task runs
    void a_pool_that_is_closed_in_a_shutdown_hook_does_not_hang() throws Exception {
        assertEquals(List.of("closed"), outputOf(PythonPrograms.Leaving.CLOSE_IN_HOOK));
    }

    @Test // test_hang_gh83386: there it is skipped for processes, since it hangs
    void an_executor_that_was_shut_down_but_not_awaited_does_not_keep_the_program() throws Exception {
        assertEquals(List.of(), outputOf(PythonPrograms.Leaving.SHUTDOWN_ALONE));
    }

    @Test // test_processes_terminate
    void processes_end_with_the_shutdown_of_what_they_were_blocked_by() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var pool = Pool.open(3);
            var executor = pool.executor();
            var tasks = List.of(executor.submit(() -> door.pass(0)), executor.submit(() -> door.pass(1)),
                    executor.submit(() -> door.pass(2)));
            var pids = List.of(gate.arrivalOf(0), gate.arrivalOf(1), gate.arrivalOf(2)).stream()
                    .peek(Gate.Visitor::release).map(Gate.Visitor::pid).toList();
            executor.shutdown();
            pool.close();

            assertEquals(3, pids.stream().distinct().count());
            for (int n = 0; n < 3; n++) {
                assertEquals(n, tasks.get(n).resultNow());
                assertFalse(Processes.isAlive(pids.get(n)));
            }
        }
    }

    @Test // test_context_manager_shutdown
    void no_process_is_left_when_the_block_is_left() {
        List<Long> pids;
        try (var pool = Pool.open(2)) {
            pool.everywhere(() -> {});
            assertEquals(List.of(5, 5), pool.map(Math::abs, List.of(-5, 5)));
            pids = pool.stats().workers().stream().map(worker -> worker.pid()).toList();
        }

        assertEquals(List.of(), pids.stream().filter(Processes::isAlive).toList());
    }
}
