package dev.mitosis.workers;

import static dev.mitosis.testing.Failures.failureOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.ItemException;
import dev.mitosis.Output;
import dev.mitosis.Pool;
import dev.mitosis.RemoteCallable;
import dev.mitosis.TaskTimeoutException;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.WorkerStartException;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The user interface of failure, word by word: who changes a message changes it here, too.
@Tag("process")
@ExtendWith(LeakCheck.class)
class MessagesProcessTest {
    private static Pool pool; // for the tests of this class

    private static final class Stuck {}

    private record Parcel(Object content) {}

    private static final class Unreadable implements Serializable {
        private void readObject(ObjectInputStream in) throws IOException {
            throw new IOException("not for reading " + in.available());
        }
    }

    @BeforeAll
    static void openPool() {
        pool = Pool.open(c -> c.withWorkers(1).withHeap("64m").withOutput(Output.discard()));
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    /// Asserts what an exception says, where `PID` stands for the process that it names.
    private static void assertSays(String expected, ItemException failure) {
        assertEquals(expected.replace("PID", Long.toString(failure.pid())), failure.getMessage());
    }

    private static void assertSays(String expected, WorkerStartException failure) {
        assertEquals(expected, failure.getMessage().replaceFirst("\\(process \\d+\\)", "(process PID)"));
    }

    @Test
    void f1_a_function_that_throws() {
        assertSays("item 1 (two) failed in worker process PID:"
                        + " java.lang.NumberFormatException: For input string: \"two\"",
                failureOf(() -> pool.map(s -> Integer.parseInt(s), List.of("1", "two"))));
        assertSays("item 0 (a task without input) failed in worker process PID: java.lang.AssertionError",
                failureOf(() -> pool.apply(() -> {
                    throw new AssertionError();
                })));
    }

    @Test
    void f3_a_result_that_cannot_travel() {
        assertSays("item 0 (5) failed in worker process PID: dev.mitosis.NotShippableException:"
                        + " a value of type dev.mitosis.workers.MessagesProcessTest$Parcel cannot travel:"
                        + " dev.mitosis.workers.MessagesProcessTest$Stuck at content is not serializable. Cure:"
                        + " let dev.mitosis.workers.MessagesProcessTest$Stuck implement java.io.Serializable,"
                        + " or make it a record",
                failureOf(() -> pool.apply(_ -> new Parcel(new Stuck()), 5)));
    }

    @Test
    void f4_an_item_that_cannot_travel() {
        assertSays("item 0 (an item that cannot travel) was not sent to any worker:"
                        + " dev.mitosis.NotShippableException:"
                        + " a value of type dev.mitosis.workers.MessagesProcessTest$Parcel cannot travel:"
                        + " dev.mitosis.workers.MessagesProcessTest$Stuck at content is not serializable. Cure:"
                        + " let dev.mitosis.workers.MessagesProcessTest$Stuck implement java.io.Serializable,"
                        + " or make it a record",
                failureOf(() -> pool.apply(parcel -> parcel.content().hashCode(), new Parcel(new Stuck()))));
    }

    @Test
    void f6_a_result_that_cannot_be_read() {
        assertSays("item 0 (5) failed in worker process PID: dev.mitosis.NotReadableException:"
                        + " a value could not be read:"
                        + " not for reading 0",
                failureOf(() -> pool.apply(_ -> new Unreadable(), 5)));
    }

    private static int waitForEver() {
        while (true) {
            LockSupport.park();
            Thread.interrupted();
        }
    }

    @Test
    void f11_an_item_that_runs_too_long() {
        var limited = pool.with(o -> o.withTimeout(Duration.ofSeconds(3)).withGrace(Duration.ofSeconds(3)));
        long deaths = pool.stats().deaths();
        TaskTimeoutException failure;
        try (var results = limited.imap(_ -> waitForEver(), List.of(5))) {
            Eventually.holds("it was killed, long after its stack has come", () -> pool.stats().deaths() > deaths);
            failure = assertThrows(TaskTimeoutException.class, results::next);
        }

        assertSays("item 0 (5) ran longer than its time-out of PT3S in worker process PID;"
                + " the worker's stack was:\n" + failure.stackDump(), failure);
        assertTrue(failure.stackDump().contains(
                MessagesProcessTest.class.getName() + ".waitForEver(MessagesProcessTest.java:"),
                failure.stackDump());
    }

    static Stream<Arguments> deaths() {
        return Stream.of(
                death("called System.exit(3)", () -> {
                    System.exit(3);
                    return 0;
                }),
                death("ended with exit status 7 (halt or native exit)", () -> {
                    Runtime.getRuntime().halt(7);
                    return 0;
                }),
                death("ended since its heap of 64m was exhausted (exit status 3)", () -> {
                    var all = new ArrayList<long[]>();
                    while (true) {
                        all.add(new long[1 << 19]);
                    }
                }),
                death("was killed by SIGKILL (exit status 137): often by the kernel when memory is short",
                        () -> die("KILL")),
                death("was killed by SIGTERM (exit status 143)", () -> die("TERM")));
    }

    private static Arguments death(String cause, RemoteCallable<Integer> task) {
        return Arguments.of(cause, task);
    }

    private static int die(String signal) {
        Processes.signal(signal, ProcessHandle.current().pid());
        return waitForEver();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deaths")
    void f7_f8_f9_a_worker_that_died(String cause, RemoteCallable<Integer> task) {
        var failure = assertThrows(WorkerDiedException.class, () -> pool.apply(task));

        var told = failure.getMessage().lines().findFirst().orElse("").replaceFirst("; its last output was:$", "");
        assertEquals("item 0 (a task without input): worker 0 (process " + failure.pid() + ") " + cause, told);
        assertEquals(cause, failure.report().cause());
    }

    @Test
    void f8_a_worker_that_crashed() throws Exception {
        var failure = assertThrows(WorkerDiedException.class, () -> pool.apply(() -> die("SEGV")));

        var report = failure.report();
        Files.delete(report.errorFile());
        assertTrue(report.problematicFrame().matches("[CVjJv] +\\[?.+"), report.problematicFrame());
        assertEquals("item 0 (a task without input): worker 0 (process " + failure.pid() + ") crashed (exit status 134,"
                + " SIGABRT after a fatal error in native code); problematic frame: " + report.problematicFrame()
                + "; the JVM's report is " + report.errorFile() + "; its last output was:",
                failure.getMessage().lines().findFirst().orElse(""));
    }

    @Test
    void f8_the_last_words_of_a_worker_that_was_killed() {
        var failure = assertThrows(WorkerDiedException.class, () -> pool.apply(() -> {
            System.out.println("one");
            System.err.println("two");
            System.err.flush();
            return die("KILL");
        }));

        assertSays("item 0 (a task without input): worker 0 (process PID) was killed by SIGKILL (exit status 137):"
                + " often by the kernel when memory is short; its last output was:\n  one\n  two", failure);
    }

    @Test
    void f15_workers_that_cannot_start() {
        try (var bad = Pool.open(c -> c.withWorkers(1).withOutput(Output.discard())
                .withJvmArgs("-XX:+NoSuchFlag"))) {
            var failure = assertThrows(WorkerStartException.class, () -> bad.apply(() -> 1));

            assertSays("no worker can be started: the last of 3 attempts failed, worker 0 (process PID): ended with"
                    + " exit status 1 (halt or native exit); it printed:\n  Unrecognized VM option 'NoSuchFlag'\n"
                    + "  Error: Could not create the Java Virtual Machine.\n"
                    + "  Error: A fatal exception has occurred. Program will exit.", failure);
        }
    }

    @Test
    void f15_an_initializer_that_throws() {
        try (var bad = Pool.open(c -> c.withWorkers(1).withOutput(Output.discard()).withInitializer(() -> {
            throw new IllegalStateException("no database");
        }))) {
            var failure = assertThrows(WorkerStartException.class, () -> bad.apply(() -> 1));

            assertSays("no worker can be started: the last of 3 attempts failed, worker 0 (process PID): its"
                    + " initializer threw java.lang.IllegalStateException: no database", failure);
        }
    }

    private static final class Forgetful extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Object reason = List.of("no database");

        @Override
        public String getMessage() {
            return reason.toString(); // it has none any more where it is read
        }
    }

    @Test
    void an_initializer_that_throws_what_cannot_be_told() {
        try (var bad = Pool.open(c -> c.withWorkers(1).withOutput(Output.discard()).withInitializer(() -> {
            throw new Forgetful();
        }))) {
            var failure = assertThrows(WorkerStartException.class, () -> bad.apply(() -> 1));

            assertSays("no worker can be started: the last of 3 attempts failed, worker 0 (process PID): its"
                    + " initializer threw dev.mitosis.workers.MessagesProcessTest$Forgetful: [no database]", failure);
        }
    }

    @Test
    void f4_a_function_that_cannot_travel() {
        var stuck = new Stuck();

        var refusal = assertThrows(dev.mitosis.NotShippableException.class, () -> pool.apply(() -> stuck.hashCode()));

        assertEquals("captured variable 'stuck' of the lambda in"
                + " dev.mitosis.workers.MessagesProcessTest.f4_a_function_that_cannot_travel"
                + "(MessagesProcessTest.java:N) cannot travel:"
                + " dev.mitosis.workers.MessagesProcessTest$Stuck at task.capturedArgs[0] is not"
                + " serializable. Cure: let dev.mitosis.workers.MessagesProcessTest$Stuck implement"
                + " java.io.Serializable, or make it a record", refusal.getMessage().replaceAll("java:\\d+", "java:N"));
    }
}
