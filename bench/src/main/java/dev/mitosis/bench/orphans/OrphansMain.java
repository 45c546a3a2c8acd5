package dev.mitosis.bench.orphans;

import dev.mitosis.bench.common.Json;
import dev.mitosis.bench.common.Options;
import dev.mitosis.bench.common.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/// Kills programs that hold pools, again and again; `bench/orphans` starts it.
public final class OrphansMain {
    private OrphansMain() {}

    /// Runs it; ends with status 1 if anything was left.
    ///
    /// @param args the options, see `bench/orphans --help`
    /// @throws IOException if a program cannot be started, or the figures not written
    /// @throws InterruptedException never
    public static void main(String... args) throws IOException, InterruptedException {
        var options = Options.parse(Map.of(
                "kills", "100", "seed", Options.anySeed(), "workers", "2", "json", ""), args);
        long seed = options.number("seed");
        System.out.printf("Orphans: %d kills, seed %d%n", options.count("kills"), seed);

        var random = new SplittableRandom(seed);
        var states = List.of(Doing.values());
        var all = new EnumMap<Doing, List<Orphans.Seen>>(Doing.class);
        for (int i = 0; i < options.count("kills"); i++) {
            var doing = states.get(i % states.size());
            var seen = new Orphans(doing, options.count("workers")).kill(random.split());
            all.computeIfAbsent(doing, _ -> new ArrayList<>()).add(seen);
            complain(doing, seen);
        }

        System.out.println(table(all));
        boolean good = all.values().stream().flatMap(List::stream)
                .allMatch(seen -> seen.late().isEmpty() && seen.files().isEmpty());
        System.out.println(good ? "Nobody and nothing was left." : "Something was left.");
        Json.write(options.text("json"), figures(seed, all));
        System.exit(good ? 0 : 1);
    }

    private static void complain(Doing doing, Orphans.Seen seen) {
        seen.late().forEach(who -> System.out.println(doing + ": alive after a second: " + who));
        seen.files().forEach(file -> System.out.println(doing + ": left: " + file));
    }

    private static Table table(Map<Doing, List<Orphans.Seen>> all) {
        var table = new Table("workers were", "kills", "workers", "median ms", "longest ms",
                "late", "files");
        all.forEach((doing, seen) -> add(table, doing, seen));
        return table;
    }

    private static void add(Table table, Doing doing, List<Orphans.Seen> seen) {
        double[] millis = seen.stream().mapToDouble(Orphans.Seen::millis).sorted().toArray();
        table.add(doing.name().toLowerCase(Locale.ROOT), Integer.toString(seen.size()),
                Long.toString(seen.stream().mapToLong(Orphans.Seen::found).sum()),
                String.format(Locale.ROOT, "%.0f", millis[millis.length / 2]),
                String.format(Locale.ROOT, "%.0f", millis[millis.length - 1]),
                Long.toString(seen.stream().mapToLong(s -> s.late().size()).sum()),
                Long.toString(seen.stream().mapToLong(s -> s.files().size()).sum()));
    }

    private static Map<String, Object> figures(long seed, Map<Doing, List<Orphans.Seen>> all) {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("seed", seed);
        all.forEach((doing, seen) -> figures.put(doing.name().toLowerCase(Locale.ROOT),
                seen.stream().map(s -> Map.of("workers", s.found(), "ms", s.millis(),
                        "late", s.late(), "files", s.files())).toList()));
        return figures;
    }
}
