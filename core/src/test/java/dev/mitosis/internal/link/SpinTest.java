package dev.mitosis.internal.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SpinTest {
    private final Spin spin = new Spin();

    @Test
    void it_looks_at_once() {
        assertTrue(spin.await(() -> true, 0));
    }

    @Test
    void it_gives_up_when_the_time_is_over() {
        assertFalse(spin.await(() -> false, 1_000_000));
    }

    @Test
    void it_looks_until_the_condition_is_true() {
        var looks = new AtomicInteger();
        assertTrue(spin.await(() -> looks.incrementAndGet() == 100_000, Long.MAX_VALUE / 2));
        assertEquals(100_000, looks.get());
    }

    @Test
    void one_who_is_interrupted_goes_on_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        for (int i = 0; i < 100; i++) { // so many that it sleeps, if each is found after a yield
            var looks = new AtomicInteger();
            assertTrue(spin.await(() -> looks.incrementAndGet() > 1_000, Long.MAX_VALUE / 2));
        }
        assertTrue(Thread.interrupted());
    }
}
