package dev.mitosis.faults;

import static dev.mitosis.testing.Failures.drain;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mitosis.Pool;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.LeakCheck;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A result whose reading blocks delays its reader, and nobody else: not even with one worker.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F6SlowResultProcessTest {
    // made anew for each test, in this JVM; workers write results and read none
    private static CountDownLatch reading;
    private static CountDownLatch goOn;

    @BeforeEach
    void makeLatches() {
        reading = new CountDownLatch(1);
        goOn = new CountDownLatch(1);
    }

    /// Can be written at once; reading it waits for the test.
    private static final class Slow implements Serializable {
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            reading.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    @Test
    void f6_results_of_other_calls_do_not_wait_for_one_that_is_being_read() throws Exception {
        try (var pool = Pool.open(1); var slow = pool.imap(n -> n == 0 ? new Slow() : n, upTo(3))) {
            var reader = Calls.start(slow::next);
            reading.await();

            assertEquals(upTo(100), pool.map(n -> n, upTo(100)));
            assertEquals(upTo(100), drain(pool.imap(n -> n, upTo(100))));
            assertEquals(7, pool.applyAsync(() -> 7).get());
            assertFalse(reader.isDone(), "its own reader waits");

            goOn.countDown();
            assertInstanceOf(Slow.class, reader.get());
            assertEquals(1, slow.next());
            assertEquals(2, slow.next());
        }
    }

    @Test
    void f6_a_task_whose_result_is_slow_holds_up_no_other() throws Exception {
        try (var pool = Pool.open(1)) {
            var slow = pool.applyAsync(() -> new Slow());
            reading.await();

            assertEquals(7, pool.applyAsync(() -> 7).get());
            assertEquals(upTo(100), pool.map(n -> n, upTo(100)));
            assertFalse(slow.isDone());

            goOn.countDown();
            assertInstanceOf(Slow.class, slow.get());
        }
    }
}
