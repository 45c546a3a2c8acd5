package dev.mitosis.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.CallInterruptedException;
import dev.mitosis.NotShippableException;
import dev.mitosis.PoolConfig;
import dev.mitosis.TaskFailedException;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import java.io.EOFException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// One function in a process of its own.
@Tag("process")
@ExtendWith(LeakCheck.class)
class ChildProcessTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    /// Needs no serialization of its own.
    record Answer(long pid, String thread, List<Integer> numbers) {}

    /// Waits for ever, whoever interrupts it.
    static int sleep() throws InterruptedException {
        new CountDownLatch(1).await();
        return 0;
    }

    private static OptionalInt exit(int code) {
        return OptionalInt.of(code);
    }

    @Test
    void the_result_comes_back_and_the_exit_code_is_zero() {
        int three = 3;
        try (var child = Child.start(() -> new Answer(ProcessHandle.current().pid(),
                Thread.currentThread().getName(), List.of(1, 2, three)))) {
            var answer = child.result();
            assertEquals(new Answer(child.pid(), "main", List.of(1, 2, 3)), answer);
            assertNotEquals(ProcessHandle.current().pid(), child.pid());
            assertTrue(child.join(LONG));
            assertFalse(child.isAlive());
            assertEquals(exit(0), child.exitCode());
            assertEquals(answer, child.onExit().join());
            assertEquals(answer, child.result(), "it can be asked for again");
        }
    }

    @Test
    void null_and_large_results_come_back_too() {
        try (var nothing = Child.<Object>start(() -> null);
                var large = Child.start(() -> new byte[40 << 20])) {
            assertNull(nothing.result());
            assertEquals(40 << 20, large.result().length);
        }
    }

    @Test
    void a_result_that_does_not_fit_here_is_the_end_of_the_child() throws Exception {
        try (var small = Child.start(c -> c.withHeap("64m").withExitOnOutOfMemory(false), () -> {
            try (var child = Child.start(c -> c.withHeap("1g"), () -> new byte[200 << 20])) {
                return assertThrows(WorkerDiedException.class, child::result).report().cause();
            }
        })) {
            assertEquals("was killed, since its result does not fit into the heap of its parent",
                    small.onExit().get(120, TimeUnit.SECONDS));
        }
    }

    @Test
    void a_child_may_take_any_time_to_start() throws Exception {
        try (var child = Child.start(c -> c.withStartTimeout(ChronoUnit.FOREVER.getDuration()), () -> 1)) {
            assertEquals(1, child.onExit().get(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void what_the_function_throws_is_the_cause_and_the_exit_code_is_one() {
        try (var child = Child.start(c -> c.withOutput(dev.mitosis.Output.discard()), () -> {
            throw new java.io.FileNotFoundException("no such thing");
        })) {
            var thrown = assertThrows(TaskFailedException.class, child::result);
            assertInstanceOf(java.io.FileNotFoundException.class, thrown.getCause());
            assertEquals("item 0 (the function of a child) failed in worker process " + child.pid()
                    + ": java.io.FileNotFoundException: no such thing", thrown.getMessage());
            var atExit = assertThrows(CompletionException.class, () -> child.onExit().join());
            assertInstanceOf(TaskFailedException.class, atExit.getCause());
            assertEquals(exit(1), child.exitCode());
        }
    }

    @Test
    void what_cannot_travel_there_is_refused_here_and_what_cannot_travel_back_fails() {
        var thread = Thread.currentThread();
        assertThrows(NotShippableException.class, () -> Child.start(() -> thread.getName()));
        try (var child = Child.start(c -> c.withOutput(dev.mitosis.Output.discard()), () -> new Object())) {
            var thrown = assertThrows(TaskFailedException.class, child::result);
            assertInstanceOf(NotShippableException.class, thrown.getCause());
        }
    }

    @Test
    void an_exit_of_its_own_is_a_death_with_that_code() {
        try (var child = Child.start(() -> {
            System.out.println("bye");
            System.exit(8);
            return 0;
        })) {
            var thrown = assertThrows(WorkerDiedException.class, child::result);
            assertEquals(exit(8), thrown.report().exitCode());
            assertEquals("called System.exit(8)", thrown.report().cause());
            assertEquals(List.of("bye"), thrown.report().lastOutput());
            assertEquals(exit(8), child.exitCode());
        }
    }

    @Test
    void terminate_is_sigterm_and_runs_shutdown_hooks() {
        var pipe = Pipe.open();
        var there = pipe.second();
        try (var here = pipe.first(); var child = Child.start(() -> {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    there.send("hook");
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }));
            there.send("ready");
            return sleep();
        })) {
            assertEquals("ready", here.receive());
            assertFalse(child.join(Duration.ZERO));
            assertFalse(child.join(Duration.ofSeconds(-1)));
            assertEquals(OptionalInt.empty(), child.exitCode());
            child.terminate();
            assertEquals("hook", here.receive());
            assertTrue(child.join(LONG));
            assertEquals(exit(143), child.exitCode());
            assertEquals("was killed by SIGTERM (exit status 143)",
                    assertThrows(WorkerDiedException.class, child::result).report().cause());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void kill_is_sigkill_and_whoever_waits_is_told() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var child = Child.start(() -> door.pass("child"));
            assertEquals(child.pid(), gate.arrivalOf("child").pid());
            var waiting = Calls.start(child::result);
            child.kill();
            var died = Calls.failureOf(waiting, WorkerDiedException.class);
            assertEquals("was killed by its parent", died.report().cause());
            assertTrue(child.join(LONG));
            assertEquals(exit(137), child.exitCode());
            child.close();
        }
    }

    @Test
    void a_kill_from_outside_is_a_death_and_the_child_is_not_restarted() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            try (var child = Child.start(() -> door.pass("child"))) {
                Processes.kill9(gate.arrivalOf("child").pid());
                var died = assertThrows(WorkerDiedException.class, child::result);
                assertTrue(died.getMessage().contains("was killed by SIGKILL (exit status 137)"), died.getMessage());
                assertTrue(child.join(LONG));
                assertEquals(List.of(), Processes.workersOf(ProcessHandle.current().pid()));
            }
        }
    }

    @Test
    void close_ends_a_child_that_runs_and_one_that_does_not_listen() {
        var child = Child.start(() -> sleep());
        child.close();
        child.close();
        assertEquals(exit(143), child.exitCode());

        try (var gate = Gate.create()) {
            var door = gate.door();
            var deaf = Child.start(c -> c.withCloseTimeout(Duration.ofMillis(100)), () -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> door.passUnchecked("hook")));
                door.pass("ready");
                return sleep();
            });
            gate.arrivalOf("ready").release();
            deaf.close();
            assertEquals(exit(137), deaf.exitCode());
        }
    }

    @Test
    void close_lets_a_child_end_by_itself_whose_function_has_returned() {
        var child = Child.start(() -> 1);
        assertEquals(1, child.result());
        assertTrue(child.join(LONG)); // close waits for a second, and asks it to end after that
        child.close();
        assertEquals(exit(0), child.exitCode());
    }

    @Test
    void an_interrupted_close_kills_at_once_and_keeps_the_flag() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var child = Child.start(() -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> door.passUnchecked("hook")));
                return door.pass("ready");
            });
            gate.arrivalOf("ready");
            Thread.currentThread().interrupt();
            assertThrows(CallInterruptedException.class, child::result);
            child.close();
            assertTrue(Thread.interrupted());
            assertEquals(exit(137), child.exitCode());
        }
    }

    @Test
    void the_process_waits_for_its_threads_that_are_no_daemons() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            try (var child = Child.start(() -> {
                Thread.ofPlatform().start(() -> door.passUnchecked("thread"));
                Thread.ofPlatform().daemon().start(() -> door.passUnchecked("daemon"));
                return "returned";
            })) {
                var thread = gate.arrivalOf("thread");
                assertEquals("returned", child.result());
                assertTrue(child.isAlive());
                assertFalse(child.onExit().isDone());
                thread.release();
                assertTrue(child.join(LONG));
                assertEquals(exit(0), child.exitCode());
            }
        }
    }

    @Test
    void its_output_comes_line_by_line() {
        var lines = new ConcurrentLinkedQueue<String>();
        try (var child = Child.start(
                c -> c.withOutput((worker, error, line) -> lines.add(worker + " " + error + " " + line)), () -> {
                    System.out.println("one");
                    System.err.println("two");
                    System.out.print("three");
                    return 0;
                })) {
            assertTrue(child.join(LONG));
            Eventually.holds("all lines have come", () -> lines.size() == 3);
            long pid = child.pid();
            assertEquals(List.of(pid + " false one", pid + " false three", pid + " true two"),
                    lines.stream().sorted().toList());
        }
    }

    @Test
    void it_is_configured_as_a_worker_is() {
        try (var child = Child.start(c -> c.withHeap("64m").withJvmArgs("-Dname=value")
                .withEnvironment(java.util.Map.of("WHO", "child")), () -> System.getProperty("name")
                + System.getenv("WHO") + (Runtime.getRuntime().maxMemory() >> 20))) {
            assertEquals("valuechild", child.result().replaceFirst("6[0-9]$", ""));
        }
        for (java.util.function.UnaryOperator<PoolConfig> edit : List.<java.util.function.UnaryOperator<PoolConfig>>of(
                c -> c.withMaxTasksPerWorker(1), c -> c.withInitializer(() -> { }), c -> c.withFinalizer(() -> { }),
                c -> c.withMemoryLimit("1g"), c -> c.withRecycleAbove("1g"))) {
            var thrown = assertThrows(IllegalArgumentException.class, () -> Child.start(edit, () -> 0));
            assertTrue(thrown.getMessage().startsWith("a child has no "), thrown.getMessage());
        }
    }

    @Test
    void a_process_that_cannot_start_says_why() {
        try (var child = Child.start(c -> c.withJvmArgs("-XX:NoSuchFlag"), () -> 0)) {
            var died = assertThrows(WorkerDiedException.class, child::result);
            assertEquals(exit(1), died.report().exitCode());
            assertTrue(died.getMessage().contains("NoSuchFlag"), died.getMessage());
        }
    }

    @Test
    void a_child_talks_over_a_pipe_and_its_end_ends_the_stream() throws Exception {
        var pipe = Pipe.open();
        var there = pipe.second();
        try (var child = Child.start(() -> PipeProcessTest.echo(there))) {
            pipe.second().close(); // as one does after a fork; it is the child's now
            try (var here = pipe.first()) {
                here.send("a");
                assertEquals("a", here.receive());
                Processes.kill9(child.pid());
                assertThrows(EOFException.class, here::receive);
            }
            assertThrows(WorkerDiedException.class, child::result);
        }
    }

    @Test
    void a_child_connects_to_its_parents_listener() throws Exception {
        try (var key = Secret.random(); var listener = Listener.open(new InetSocketAddress("localhost", 0), key)) {
            var address = listener.address();
            try (var child = Child.start(() -> {
                try (var connection = Client.connect(address, key)) {
                    connection.send(ProcessHandle.current().pid());
                    return connection.receive();
                }
            }); var connection = listener.accept()) {
                assertEquals(child.pid(), connection.receive());
                connection.send("done");
                assertEquals("done", child.result());
            }
        }
    }

    @Test
    void children_have_children_who_end_with_them() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            try (var child = Child.start(() -> {
                try (var grandchild = Child.start(() -> door.pass("grandchild"))) {
                    return grandchild.result();
                }
            })) {
                long grandchild = gate.arrivalOf("grandchild").pid();
                assertNotEquals(child.pid(), grandchild);
                Processes.kill9(child.pid());
                Eventually.holds("the grandchild is gone", () -> !Processes.isAlive(grandchild));
                assertThrows(WorkerDiedException.class, child::result);
            }
        }
    }

    @Test
    void many_children_run_at_once() {
        var children = IntStream.range(0, 8).mapToObj(i -> Child.start(
                c -> c.withHeap("32m"), () -> i * i)).toList();
        assertEquals(IntStream.range(0, 8).map(i -> i * i).boxed().toList(),
                children.stream().map(Child::result).toList());
        children.forEach(child -> assertTrue(child.join(LONG)));
        children.forEach(child -> assertEquals(exit(0), child.exitCode()));
    }

    @Test
    void a_function_whose_captured_array_is_changed_after_the_start_sees_the_old_one() {
        int[] numbers = {1, 2, 3};
        try (var child = Child.start(() -> IntStream.of(numbers).sum())) {
            numbers[0] = 100;
            assertEquals(6, child.result());
        }
    }
}
