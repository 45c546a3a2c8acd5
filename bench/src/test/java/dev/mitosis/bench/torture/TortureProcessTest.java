package dev.mitosis.bench.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A minute of torture, with what goes before and after.
@Tag("process")
class TortureProcessTest {
    @Test
    @Timeout(240)
    void nothing_hangs_is_lost_doubled_wrong_or_left_behind() throws Exception {
        long seed = Long.getLong("mitosis.test.seed", System.nanoTime() & 0xffff_ffffL);
        var torture = new Torture(new Torture.Measure(seed, 45, 16, 2, 60));

        torture.run();

        assertEquals(List.of(), torture.findings(), () -> "-Dmitosis.test.seed=" + seed);
    }
}
