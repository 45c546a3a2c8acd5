package dev.mitosis.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Ends of pipes in workers, which are real processes and are really killed.
@Tag("process")
@ExtendWith(LeakCheck.class)
class PipeProcessTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private static Pool pool;

    /// Needs no serialization of its own.
    record Job(String name, Connection way) {}

    @BeforeAll
    static void openPool() {
        pool = Pool.open(2);
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    /// Sends everything back until the stream ends.
    static int echo(Connection end) throws IOException {
        try (end) {
            for (int count = 0; ; count++) {
                try {
                    end.send(end.receive());
                } catch (EOFException e) {
                    return count;
                }
            }
        }
    }

    @Test
    void an_end_travels_in_a_lambda() throws Exception {
        var pipe = Pipe.open();
        var there = pipe.second();
        pipe.first().send("sent before anybody had the other end");
        var task = pool.applyAsync(() -> echo(there));
        try (var here = pipe.first()) {
            assertEquals("sent before anybody had the other end", here.receive());
            here.send(List.of(1, 2));
            assertEquals(List.of(1, 2), here.receive());
        }
        assertEquals(2, task.get());
    }

    @Test
    void ends_travel_as_items_in_records_one_to_each_task() throws Exception {
        var pipes = IntStream.range(0, 6).mapToObj(_ -> Pipe.open()).toList();
        var jobs = IntStream.range(0, 6).mapToObj(i -> new Job("job" + i, pipes.get(i).second())).toList();
        var calls = pool.mapAsync(job -> {
            try (var way = job.way()) {
                way.send(job.name());
                return 1;
            }
        }, jobs);
        var open = new ArrayList<Connection>(pipes.stream().map(Pipe::first).toList());
        var heard = new ArrayList<Object>();
        while (!open.isEmpty()) {
            for (var ready : Connection.awaitAny(open, LONG)) {
                try {
                    heard.add(ready.receive());
                } catch (EOFException e) {
                    ready.close();
                    open.remove(ready);
                }
            }
        }
        assertEquals(List.of("job0", "job1", "job2", "job3", "job4", "job5"), heard.stream().sorted().toList());
        assertEquals(6, calls.get().size());
    }

    @Test
    void a_worker_opens_a_pipe_and_returns_an_end() throws Exception {
        var end = pool.apply(() -> {
            var pipe = Pipe.open();
            Thread.ofVirtual().start(() -> {
                try {
                    echo(pipe.first());
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            return pipe.second();
        });
        try (end) {
            end.send("to a thread in the worker");
            assertEquals("to a thread in the worker", end.receive(LONG));
        }
    }

    @Test
    void two_workers_talk_to_each_other() throws Exception {
        var pipe = Pipe.open();
        var first = pipe.first();
        var second = pipe.second();
        var echo = pool.applyAsync(() -> echo(second));
        var sum = pool.applyAsync(() -> {
            try (first) {
                int all = 0;
                for (int i = 0; i < 100; i++) {
                    first.send(i);
                    all += (int) first.receive();
                }
                return all;
            }
        });
        assertEquals(4_950, sum.get());
        assertEquals(100, echo.get());
    }

    @Test
    void many_may_read_a_function_with_an_end_and_the_one_that_uses_it_has_it() throws Exception {
        var pipe = Pipe.open();
        var there = pipe.second();
        try (var here = pipe.first()) {
            pool.map(i -> {
                if (i == 37) {
                    there.send(i);
                    there.close();
                }
                return i;
            }, IntStream.range(0, 100).boxed().toList(), 1);
            assertEquals(37, here.receive());
            assertThrows(EOFException.class, here::receive);
        }
    }

    @Test
    void sixteen_mebibytes_go_there_and_back() throws Exception {
        var pipe = Pipe.open();
        var there = pipe.second();
        var task = pool.applyAsync(() -> {
            try (there) {
                there.sendBytes(there.receiveBytes());
                return 0;
            }
        });
        try (var here = pipe.first()) {
            var bytes = ByteBuffer.allocate(16 << 20).putLong(9_999_999, 42).clear();
            here.sendBytes(bytes);
            assertEquals(bytes.clear(), here.receiveBytes());
        }
        task.get();
    }

    @Test
    void when_the_process_with_the_other_end_is_killed_the_stream_ends_at_once() throws Exception {
        var pipe = Pipe.open();
        var there = pipe.second();
        var task = pool.applyAsync(() -> {
            there.send(ProcessHandle.current().pid());
            return there.receive();
        });
        try (var here = pipe.first()) {
            long pid = (long) here.receive();
            var receiver = Calls.start(() -> here.receive());
            var waiter = Calls.start(() -> Connection.awaitAny(List.of(here), LONG));
            Processes.kill9(pid);
            Calls.failureOf(receiver, EOFException.class);
            assertEquals(List.of(here), waiter.get());
            Eventually.holds("what nobody can receive is refused", () -> refuses(here));
        }
        var died = assertThrows(ExecutionException.class, task::get);
        assertEquals(WorkerDiedException.class, died.getCause().getClass());
    }

    private static boolean refuses(Connection end) {
        try {
            end.send("?");
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void a_process_that_is_killed_with_an_end_it_never_used_ends_the_stream_too() throws Exception {
        var pipe = Pipe.open();
        var other = Pipe.open();
        var unused = pipe.second();
        var used = other.second();
        var task = pool.applyAsync(() -> {
            used.send(ProcessHandle.current().pid());
            used.receive();
            return unused;
        });
        try (var here = pipe.first(); var talk = other.first()) {
            Processes.kill9((long) talk.receive());
            assertThrows(EOFException.class, here::receive);
        }
        assertTrue(assertThrows(ExecutionException.class, task::get).getCause() instanceof WorkerDiedException);
    }

    @Test
    void what_was_sent_before_the_kill_is_received_first() throws Exception {
        var pipe = Pipe.open();
        var there = pipe.second();
        var task = pool.applyAsync(() -> {
            for (int i = 0; i < 1_000; i++) {
                there.send(i);
            }
            Runtime.getRuntime().halt(9);
            return 0;
        });
        try (var here = pipe.first()) {
            for (int i = 0; i < 1_000; i++) {
                assertEquals(i, here.receive());
            }
            assertThrows(EOFException.class, here::receive);
        }
        assertThrows(ExecutionException.class, task::get);
    }

    @Test
    void an_interrupted_task_leaves_its_end_usable() throws Exception {
        var pipe = Pipe.open();
        var there = pipe.second();
        var task = pool.applyAsync(() -> {
            Thread.currentThread().interrupt();
            try {
                there.receive();
                return "not interrupted";
            } catch (dev.mitosis.CallInterruptedException e) {
                Thread.interrupted();
                return there.receive() + " " + e.getMessage();
            }
        });
        try (var here = pipe.first()) {
            here.send("after");
            assertEquals("after this thread was interrupted in receive; nothing is lost", task.get());
        }
    }
}
