package dev.mitosis.bench.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A small kill storm of four kinds: its promises, without those about time.
@Tag("process")
class KillStormProcessTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 7, 8})
    void f13_every_item_is_accounted_for_whoever_is_killed(int kind) throws Exception {
        long seed = Long.getLong("mitosis.test.seed", System.nanoTime());
        var storm = new Storm(Storm.KINDS.get(kind), 20_000, 10, 10_000, seed);
        try (var pool = Pool.open(2)) {
            long kills = 0;
            for (int i = 0; i < 10 && kills == 0; i++) { // the items may be done before the killer has begun
                var report = storm.run(pool);
                assertEquals(List.of(), report.broken(), () -> "-Dmitosis.test.seed=" + seed);
                kills = report.kills();
            }
            assertTrue(kills > 0, "somebody was killed");
        }
    }
}
