package dev.mitosis.bench.peer;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Mitosis beside bare rings in mapped memory, in turn: finds what makes it several times slower.
///
/// It finds no less; `bench/compare` does. `recorded-ratios.properties` says how to refresh it.
@Tag("process")
class CollapseProcessTest {
    private static final int WORKERS = 2;
    private static final int WARM_UP = 10;
    private static final double LONGEST = 1; // second of slices; under load one may take as long

    private static double recorded(String workload) throws IOException {
        try (var file = CollapseProcessTest.class.getResourceAsStream("/recorded-ratios.properties")) {
            var recorded = new Properties();
            recorded.load(file);
            return Double.parseDouble(recorded.getProperty(workload));
        }
    }

    private static double shortestOf(int slices, Workload workload) throws Exception {
        var clock = Clock.start();
        double shortest = secondsAnItem(workload.run());
        for (int i = 1; i < slices && clock.seconds() < LONGEST; i++) {
            shortest = Math.min(shortest, secondsAnItem(workload.run()));
        }
        return shortest;
    }

    private static double secondsAnItem(Figures figures) {
        var rate = figures.values().get("items_per_s");
        return rate == null ? figures.values().get("p50_us") / 1e6 : 1 / rate;
    }

    /// The partner stops meanwhile: it spins, and would take a core from the pool.
    private static double shortestOf(int slices, Workload workload, FloorPeer floor) throws Exception {
        floor.resume();
        double shortest = shortestOf(slices, workload);
        floor.pause();
        return shortest;
    }

    @ParameterizedTest
    @ValueSource(strings = {"roundtrip", "each", "bulk"})
    void a_workload_takes_at_most_twice_as_many_times_the_floor_as_was_recorded(String workload)
            throws Exception {
        try (var mitosis = MitosisPeer.uncached(WORKERS); var floor = FloorPeer.ofMemory()) {
            var bare = floor.prepare(workload);
            shortestOf(WARM_UP, bare, floor);
            var pooled = mitosis.prepare(workload);
            shortestOf(WARM_UP, pooled);

            var found = PairedRatio.measure(slices -> shortestOf(slices, pooled),
                    slices -> shortestOf(slices, bare, floor), recorded(workload));
            System.out.println(workload + ": " + found);

            assertFalse(found.isCollapsed(), () -> workload + " has collapsed: " + found);
        }
    }
}
