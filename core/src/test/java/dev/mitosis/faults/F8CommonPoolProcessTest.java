package dev.mitosis.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A program that keeps all threads of its common pool waiting, as with calls of our verbs in a parallel stream.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F8CommonPoolProcessTest {
    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void fillTheCommonPool() throws InterruptedException {
        int threads = ForkJoinPool.getCommonPoolParallelism();
        var waiting = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            ForkJoinPool.commonPool().execute(() -> waitHere(waiting));
        }
        waiting.await();
    }

    private void waitHere(CountDownLatch waiting) {
        waiting.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void releaseTheCommonPool() {
        release.countDown();
    }

    @Test
    void f8_a_death_is_noticed_all_the_same() {
        try (var pool = Pool.open(1)) {
            var death = assertThrows(WorkerDiedException.class,
                    () -> pool.apply(() -> Processes.kill9(ProcessHandle.current().pid())));

            assertTrue(death.getMessage().contains("SIGKILL"), death.getMessage());
            assertEquals(2, pool.apply(() -> 2));
        }
    }

    @Test
    void f8_what_a_dead_worker_has_left_in_the_temp_folder_is_deleted_while_the_pool_lives() {
        try (var pool = Pool.open(1)) {
            var temp = Path.of(pool.apply(() -> System.getProperty("java.io.tmpdir")));
            assertThrows(WorkerDiedException.class,
                    () -> pool.apply(() -> Processes.kill9(ProcessHandle.current().pid())));

            Eventually.holds("the folder of the worker is gone", () -> !Files.exists(temp.getParent()));
        }
    }
}
