package dev.mitosis.internal.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunnerThreadTest {
    private final List<Thread> threads = new ArrayList<>();

    /// Something to do that may throw.
    private interface Life<T> {
        T live(RunnerThread runner) throws Exception;
    }

    @AfterEach
    void join() throws InterruptedException {
        for (var thread : threads) {
            thread.join();
        }
    }

    private <T> CompletableFuture<T> result(Life<T> life) {
        var result = new CompletableFuture<T>();
        var thread = new RunnerThread(runner -> {
            try {
                result.complete(life.live(runner));
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        threads.add(thread);
        thread.start();
        return result;
    }

    @Test
    void an_interrupt_does_not_close_the_channel_of_a_deaf_runner() throws Exception {
        var pipe = Pipe.open();
        try (var source = pipe.source(); var sink = pipe.sink()) {
            var deaf = new CompletableFuture<RunnerThread>();
            var read = result(runner -> {
                runner.deafen();
                deaf.complete(runner);
                return source.read(ByteBuffer.allocate(1));
            });

            deaf.get().interrupt();
            sink.write(ByteBuffer.allocate(1));

            assertEquals(1, read.get());
            assertTrue(source.isOpen());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_came_before_or_meanwhile_is_let_through_afterwards_if_it_is_still_of_use(boolean late) throws Exception {
        var before = result(runner -> {
            runner.interrupt();
            runner.deafen();
            boolean then = runner.isInterrupted();
            runner.listen(late);
            return then + " " + runner.isInterrupted();
        });
        var meanwhile = result(runner -> {
            runner.deafen();
            runner.interrupt();
            boolean then = runner.isInterrupted();
            runner.listen(late);
            return then + " " + runner.isInterrupted();
        });

        assertEquals("false " + late, before.get());
        assertEquals("false " + late, meanwhile.get());
    }

    @Test
    void an_interrupt_that_is_not_meant_any_more_is_none() throws Exception {
        assertEquals(false, result(runner -> {
            runner.interruptIf(() -> false);
            return runner.isInterrupted();
        }).get());
    }

    @Test
    void a_dump_of_all_stacks_begins_with_the_runner() throws Exception {
        var dumped = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        var end = result(runner -> {
            runner.setName("the runner");
            started.countDown();
            dumped.await();
            return true;
        });
        started.await();

        var dump = StackDump.ofAllThreads();
        dumped.countDown();

        assertTrue(dump.startsWith("\"the runner\" "), dump);
        assertTrue(end.get());
    }
}
