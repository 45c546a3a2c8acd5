package dev.mitosis.share;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.Pool;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Logged;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.logging.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("process")
@ExtendWith(LeakCheck.class)
class StandstillProcessTest {
    @Test
    void items_that_wait_for_one_that_is_queued_are_warned_of() {
        try (var pool = Pool.open(2); var logged = Logged.here()) {
            BlockingQueue<String> queue = Hosted.queue(pool, 10);
            var call = pool.with(o -> o.withName("fetch")).mapAsync(
                    i -> i < 2 ? queue.take() : "put " + queue.offer("x"), List.of(0, 1, 2));
            Eventually.holds("a warning", () -> !logged.messages(Level.WARNING).isEmpty());

            assertEquals(List.of("all workers of a pool have waited in calls of hosted objects for more than 1000 ms,"
                    + " while items of call 'fetch' are queued: if those are what they wait for, they wait for ever."
                    + " More workers, a second pool for one of the sides, or a time-out would help"),
                    logged.messages(Level.WARNING));
            queue.add("a");
            queue.add("b");
            assertEquals("put true", call.join().get(2));
        }
    }
}
