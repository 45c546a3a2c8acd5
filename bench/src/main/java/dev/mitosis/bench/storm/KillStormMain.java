package dev.mitosis.bench.storm;

import dev.mitosis.Pool;
import dev.mitosis.bench.common.Heap;
import dev.mitosis.bench.common.Json;
import dev.mitosis.bench.common.Options;
import dev.mitosis.bench.common.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs kill storms and holds what they measure against its bounds; `bench/kill-storm` starts it.
public final class KillStormMain {
    /// How long an item takes, ns.
    static final long WORK = TimeUnit.MICROSECONDS.toNanos(50);
    private static final double MOST_P50 = 50;
    private static final double MOST_P99 = 250;
    private static final double HEAP_TOLERANCE = 4;

    private final Options options;
    private final int workers;
    private final int items;
    private final List<Storm.Kind> kinds;
    private final Table table = new Table("storm", "wall s", "quiet s", "allowed s", "kills",
            "died", "on edge", "replaced ms", "in step ms", "p50 ms", "p99 ms", "held up",
            "up to ms");
    private final List<Double> quiet = new ArrayList<>();
    private final List<Report> reports = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private long rounds;

    private KillStormMain(Options options) {
        this.options = options;
        this.workers = options.count("workers");
        this.items = options.count("items");
        this.kinds = Storm.KINDS.stream()
                .filter(kind -> kind.toString().contains(options.text("only"))).toList();
    }

    /// Runs it; ends with status 1 if a bound is broken.
    ///
    /// @param args the options, see `bench/kill-storm --help`
    /// @throws IOException if a ledger cannot be read, or the figures written
    /// @throws InterruptedException never
    public static void main(String... args) throws IOException, InterruptedException {
        var processors = Integer.toString(Runtime.getRuntime().availableProcessors());
        var options = Options.parse(Map.of("items", "200000", "kills", "100", "workers", processors,
                "seed", Options.anySeed(), "storms", "10", "only", "", "json", ""), args);
        var main = new KillStormMain(options);
        if (main.kinds.isEmpty()) {
            System.err.println("No storm's name contains '" + options.text("only") + "'; they are: "
                    + Storm.KINDS);
            System.exit(2);
        }
        System.exit(main.run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        // So that all storms have it, and not only those after the first ten seconds.
        System.out.println("Start cache: " + Pool.buildStartCache(c -> c).isPresent());
        System.out.printf("Kill storms: %d items of 50 us, %d kills, %d workers, seed %d%n",
                items, options.count("kills"), workers, options.number("seed"));
        try (var pool = Pool.open(workers)) {
            long work = WORK;
            rounds = pool.apply(() -> StormItem.roundsIn(work));
            warmUp(pool);
            double before = Heap.usedMiB();
            for (int i = 0; i < options.count("storms"); i++) {
                storm(pool, i);
            }
            checkHeap(before, Heap.usedMiB());
        }
        checkLatencies();
        return conclude();
    }

    /// A hundred deaths, so that the parent has compiled what it does at each: the first storm is
    /// then as good as the last.
    private void warmUp(Pool pool) throws IOException, InterruptedException {
        for (var kind : Storm.KINDS) {
            new Storm(kind, 10_000, 10, rounds, 0).run(pool);
        }
    }

    private void storm(Pool pool, int number) throws IOException, InterruptedException {
        var kind = kinds.get(number % kinds.size());
        double still = quietSeconds(pool, kind);
        long seed = options.number("seed") * 31 + number;
        var report = new Storm(kind, items, options.count("kills"), rounds, seed).run(pool);
        reports.add(report);
        add(report, still);
        report.broken().stream().limit(20).forEach(what -> broken.add(kind + ": " + what));
        if (report.seconds() > report.allowed(still, workers)) {
            broken.add("%s: took %.2f s, allowed are %.2f s".formatted(
                    kind, report.seconds(), report.allowed(still, workers)));
        }
    }

    /// Measures the same call without kills, right before it: how fast a machine is changes within
    /// minutes by more than the bound allows.
    private double quietSeconds(Pool pool, Storm.Kind kind)
            throws IOException, InterruptedException {
        awaitWorkers(pool);
        var report = new Storm(kind, items, 0, rounds, 0).run(pool);
        report.broken().forEach(what -> broken.add(kind + ", quiet: " + what));
        quiet.add(report.seconds());
        return report.seconds();
    }

    /// Waits until all workers are there again and have run the items' code often.
    private void awaitWorkers(Pool pool) throws IOException, InterruptedException {
        pool.everywhere(() -> {});
        new Storm(Storm.KINDS.getFirst(), 2_000 * workers, 0, rounds, 0).run(pool);
    }

    private void add(Report report, double still) {
        table.add(report.storm().kind().toString(), number(report.seconds()), number(still),
                number(report.allowed(still, workers)), Integer.toString(report.kills()),
                Integer.toString(report.died()), Integer.toString(report.onTheEdge()),
                number(report.replacement()), number(report.timeToStep()),
                number(Report.quantile(report.latencies(), 0.5)),
                number(Report.quantile(report.latencies(), 0.99)),
                Integer.toString(report.heldUp().size()),
                number(Report.quantile(report.heldUp(), 1)));
        System.err.println(table.last());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private void checkHeap(double before, double after) {
        System.out.printf(Locale.ROOT, "Heap of the parent: %.1f MiB before, %.1f MiB after%n",
                before, after);
        if (after > before + HEAP_TOLERANCE) {
            broken.add("the parent's heap has grown from %.1f to %.1f MiB".formatted(
                    before, after));
        }
    }

    private void checkLatencies() {
        var all = reports.stream().flatMap(report -> report.latencies().stream()).toList();
        double p50 = Report.quantile(all, 0.5);
        double p99 = Report.quantile(all, 0.99);
        System.out.printf(Locale.ROOT, "Death to outcome, %d deaths: p50 %.1f ms, p99 %.1f ms%n",
                all.size(), p50, p99);
        if (p50 > MOST_P50 || p99 > MOST_P99) {
            broken.add("death to outcome: p50 %.1f ms, p99 %.1f ms".formatted(p50, p99));
        }
    }

    private boolean conclude() throws IOException {
        System.out.println(table);
        broken.forEach(what -> System.out.println("BROKEN: " + what));
        System.out.println(broken.isEmpty() ? "All bounds hold." : "Seed " + options.text("seed"));
        var figures = new LinkedHashMap<String, Object>();
        figures.put("seed", options.number("seed"));
        figures.put("workers", workers);
        figures.put("rounds", rounds);
        figures.put("quiet_seconds", quiet);
        figures.put("storms", reports.stream().map(Report::figures).toList());
        figures.put("broken", broken);
        Json.write(options.text("json"), figures);
        return broken.isEmpty();
    }
}
