package dev.mitosis.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.Pool;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Logged;
import dev.mitosis.testing.Processes;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// An output of the user's that throws.
@Tag("process")
@ExtendWith(LeakCheck.class)
class ThrowingOutputProcessTest {
    private static final int LINES = 100;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private void refuse(int worker, boolean error, String line) {
        lines.add(line);
        if (error) {
            throw new AssertionError(line);
        }
        throw new IllegalStateException(line);
    }

    private static void print() {
        for (int i = 0; i < LINES; i++) {
            System.out.println("out " + i);
            System.err.println("err " + i);
        }
    }

    private void awaitLines() throws InterruptedException {
        for (int i = 0; i < 2 * LINES; i++) {
            lines.take();
        }
    }

    @Test
    void f22_an_output_that_throws_gets_every_line_and_is_complained_of_once() throws InterruptedException {
        try (var logged = Logged.here()) {
            try (var pool = Pool.open(c -> c.withWorkers(1).withOutput(this::refuse))) {
                pool.apply(() -> print());
                awaitLines();

                assertThrows(WorkerDiedException.class,
                        () -> pool.apply(() -> Processes.kill9(ProcessHandle.current().pid())));
                pool.apply(() -> print());
                awaitLines();
            }

            assertEquals(1, logged.messages(Level.WARNING).stream()
                    .filter(message -> message.startsWith("the pool's output threw")).count());
        }
    }
}
