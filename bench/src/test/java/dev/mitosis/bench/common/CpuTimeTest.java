package dev.mitosis.bench.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CpuTimeTest {
    private static final double NANOS = 1e9;
    private static final long ABOVE_ALL = (1 << 22) + 1; // the kernel has no larger number than 2^22

    @Test
    void a_process_is_said_to_have_had_what_it_says_itself() {
        long pid = ProcessHandle.current().pid();
        double before = CpuTime.of(pid);
        double ticks = ProcessHandle.current().info().totalCpuDuration()
                .orElse(Duration.ZERO).toNanos() / NANOS;
        double after = CpuTime.of(pid);

        assertTrue(before > 0 && after > before, () -> before + ", then " + after);
        assertEquals(before, ticks, after - before + 0.02, "two ticks");
    }

    @Test
    void ended_children_count() throws Exception {
        double before = CpuTime.ofEndedChildren();
        new ProcessBuilder("true").start().waitFor();

        double used = CpuTime.ofEndedChildren() - before;
        assertTrue(used > 0 && used < 1, () -> "it used " + used + " s");
    }

    @Test
    void a_process_that_is_not_there_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> CpuTime.of(ABOVE_ALL));
    }
}
