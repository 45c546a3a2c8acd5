package dev.mitosis.workers;

import static dev.mitosis.testing.Failures.failureOf;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.Pool;
import dev.mitosis.PoolClosedException;
import dev.mitosis.TaskTimeoutException;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import dev.mitosis.testing.SideBySide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Workers that do not hear: closing, terminating and time-outs end in time all the same.
@Tag("process")
@ExtendWith(LeakCheck.class)
@Timeout(60)
class StuckWorkerProcessTest {
    /// The ways in which a task does not hear an interrupt.
    enum Stuck {
        DEAF {
            @Override
            int get(String pipe) {
                while (true) {
                    LockSupport.park(pipe);
                    Thread.interrupted();
                }
            }
        },
        LOOPING {
            @Override
            int get(String pipe) {
                int sum = 0;
                for (long i = 0; i < Long.MAX_VALUE; i++) {
                    sum += (int) i ^ sum;
                }
                return sum;
            }
        },
        IN_NATIVE_CODE {
            @Override
            int get(String pipe) throws IOException {
                return Files.readAllBytes(Path.of(pipe)).length; // nobody ever writes
            }
        };

        abstract int get(String pipe) throws IOException;

        int get(Gate.Door door, String pipe) throws IOException {
            door.pass(1);
            return get(pipe);
        }
    }

    @TempDir
    Path directory;

    private String pipe() throws Exception {
        var pipe = directory.resolve("pipe").toString();
        assertEquals(0, new ProcessBuilder("mkfifo", pipe).inheritIO().start().waitFor());
        return pipe;
    }

    @ParameterizedTest
    @SideBySide
    @EnumSource
    void f18_terminate_ends_a_stuck_worker(Stuck stuck) throws Exception {
        var pipe = pipe();
        try (var gate = Gate.create()) {
            var door = gate.door();
            var pool = Pool.open(1);
            var task = pool.applyAsync(() -> stuck.get(door, pipe));
            gate.arrival().release();

            pool.terminate();

            assertInstanceOf(PoolClosedException.class, assertThrows(ExecutionException.class, task::get).getCause());
        }
    }

    @ParameterizedTest
    @SideBySide
    @EnumSource
    void f18_close_with_a_time_out_ends_a_stuck_worker(Stuck stuck) throws Exception {
        var pipe = pipe();
        try (var gate = Gate.create()) {
            var door = gate.door();
            var pool = Pool.open(c -> c.withWorkers(1).withCloseTimeout(Duration.ofMillis(300)));
            var task = pool.applyAsync(() -> stuck.get(door, pipe));
            gate.arrival().release();

            pool.close();

            assertInstanceOf(PoolClosedException.class, assertThrows(ExecutionException.class, task::get).getCause());
        }
    }

    @ParameterizedTest
    @SideBySide
    @EnumSource
    void f11_a_time_out_ends_a_stuck_item_and_the_seat_is_filled_again(Stuck stuck) throws Exception {
        var pipe = pipe();
        try (var pool = Pool.open(1)) {
            pool.apply(() -> 1);
            var limited = pool.with(o -> o.withTimeout(Duration.ofMillis(300)).withGrace(Duration.ofMillis(50)));

            var failure = failureOf(() -> limited.apply(() -> stuck.get(pipe)));

            assertInstanceOf(TaskTimeoutException.class, failure);
            assertEquals(upTo(10), pool.map(n -> n, upTo(10)));
            assertFalse(Processes.isAlive(failure.pid()), "the stuck worker was killed");
        }
    }

    @Test
    @SideBySide
    void f28_a_stopped_worker_does_not_hold_up_close() {
        var pool = Pool.open(1);
        long pid = pool.apply(() -> ProcessHandle.current().pid());
        Processes.stop(pid);

        pool.close();

        assertFalse(Processes.isAlive(pid), "it was killed");
    }

    @Test
    @SideBySide
    void f28_a_stopped_worker_does_not_hold_up_terminate() {
        var pool = Pool.open(1);
        long pid = pool.apply(() -> ProcessHandle.current().pid());
        Processes.stop(pid);

        pool.terminate();

        assertFalse(Processes.isAlive(pid), "it was killed");
    }

    @Test
    @SideBySide
    void f28_the_item_of_a_stopped_worker_times_out_like_any_other() throws Exception {
        try (var gate = Gate.create(); var pool = Pool.open(1)) {
            var door = gate.door();
            pool.apply(() -> new Gate.Door("nowhere")); // the time-out is not for the start
            var task = pool.with(o -> o.withTimeout(Duration.ofSeconds(5)).withGrace(Duration.ofMillis(50)))
                    .applyAsync(() -> door.passStubbornly(1));
            Processes.stop(gate.arrival().pid());

            assertInstanceOf(TaskTimeoutException.class, assertThrows(ExecutionException.class, task::get).getCause());
            assertEquals(1, pool.apply(() -> 1));
        }
    }
}
