package dev.mitosis.bench.dispatch;

import dev.mitosis.bench.common.Json;
import dev.mitosis.bench.common.Options;
import dev.mitosis.bench.common.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Measures what an item costs the dispatcher, for many workers and many calls; `bench/dispatch`
/// starts it.
public final class DispatchMain {
    private static final int[] WORKERS = {2, 4, 8, 16, 32, 64};
    private static final int[] CALLS = {1, 10, 100, 1_000};
    private static final int WARM = 3; // rounds that do not count

    private DispatchMain() {}

    /// Runs it.
    ///
    /// @param args the options, see `bench/dispatch --help`
    /// @throws IOException if the figures cannot be written
    public static void main(String... args) throws IOException {
        var options = Options.parse(Map.of("rounds", "5", "json", ""), args);
        var rows = new ArrayList<Map<String, Object>>();
        var table = new Table("items are", "workers", "open calls", "items/s", "ns an item");
        for (var kind : Simulation.Kind.values()) {
            for (int workers : WORKERS) {
                rows.add(row(table, kind, workers, 1, options.count("rounds")));
            }
            for (int calls : CALLS) {
                rows.add(row(table, kind, 2, calls, options.count("rounds")));
            }
        }
        System.out.println(table);
        Json.write(options.text("json"), Map.of("dispatch", rows));
    }

    private static Map<String, Object> row(
            Table table, Simulation.Kind kind, int workers, int calls, int rounds) {
        var simulation = new Simulation(kind, workers, calls);
        double[] nanos = new double[rounds];
        for (int i = -WARM; i < rounds; i++) {
            double measured = simulation.nanosPerItem();
            if (i >= 0) {
                nanos[i] = measured;
            }
        }
        Arrays.sort(nanos);
        double median = nanos[rounds / 2];
        table.add(kind.words(), Integer.toString(workers), Integer.toString(calls),
                figure(1e9 / median), figure(median));
        var row = new LinkedHashMap<String, Object>();
        row.put("items", kind.words());
        row.put("workers", workers);
        row.put("calls", calls);
        row.put("ns_per_item", List.of(nanos[0], median, nanos[rounds - 1]));
        return row;
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
