package dev.mitosis.cluster.bench;

import dev.mitosis.Pool;
import dev.mitosis.RemoteFunction;
import dev.mitosis.cluster.bench.ClusterProcesses.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/// A map over many small items, undisturbed and while something is killed.
final class MapPart {
    private static final int ITEMS = 100_000;
    private static final long BUSY_NANOS = 100_000;
    private static final double AT = 0.4; // of the undisturbed time

    private final ClusterProcesses processes;
    private final int repetitions;
    private final List<Integer> items = IntStream.range(0, ITEMS).boxed().toList();
    private final List<Integer> expected = items.stream().map(n -> n + 1).toList();

    /// What a map came to.
    private record Run(double seconds, boolean right) {}

    MapPart(ClusterProcesses processes, int repetitions) {
        this.processes = processes;
        this.repetitions = repetitions;
    }

    private static int busy(int n) {
        long end = System.nanoTime() + BUSY_NANOS;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return n + 1;
    }

    Map<String, Object> measure(String master) throws InterruptedException {
        var figures = new LinkedHashMap<String, Object>();
        long begin = System.nanoTime();
        try (var pool = ClusterMain.open(master)) {
            double opened = (System.nanoTime() - begin) / 1e9;
            System.out.printf(Locale.ROOT, "opened in %.1f s%n", opened);
            figures.put("open_s", opened);
            figures.put("small", small(pool));
            var calm = run(pool, MapPart::busy);
            figures.put("busy", facts("undisturbed", calm));
            var kills = new ArrayList<Map<String, Object>>();
            for (var role : Role.values()) {
                kills.add(disturbed(pool, role, calm.seconds()));
            }
            figures.put("kills", kills);
        }
        return figures;
    }

    private Run run(Pool pool, RemoteFunction<Integer, Integer> function) {
        long begin = System.nanoTime();
        var results = pool.map(function, items);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Run(seconds, results.equals(expected));
    }

    private Map<String, Object> small(Pool pool) {
        var first = run(pool, n -> n + 1);
        boolean right = first.right();
        var seconds = new ArrayList<Double>();
        for (int i = 0; i < repetitions; i++) {
            var run = run(pool, n -> n + 1);
            right &= run.right();
            seconds.add(run.seconds());
        }
        double best = seconds.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        System.out.printf(Locale.ROOT, "%d small items: first %.3f s, best of %d %.3f s, %s%n",
                ITEMS, first.seconds(), repetitions, best, right ? "right" : "WRONG");
        return Map.of("first_s", first.seconds(), "best_s", best, "all_s", seconds,
                "right", right);
    }

    /// Kills one process of a role in the middle of a run, and runs once more after that.
    private Map<String, Object> disturbed(Pool pool, Role role, double calm)
            throws InterruptedException {
        var killed = new LinkedHashMap<String, Object>();
        long begin = System.nanoTime();
        var killer = Thread.ofVirtual().unstarted(() -> {
            if (pause(calm * AT)) {
                killed.put("killed", kill(role));
                killed.put("killed_at_s", (System.nanoTime() - begin) / 1e9);
            }
        });
        killer.start();
        var run = run(pool, MapPart::busy);
        killer.join();
        var figures = facts("a kill -9 of a " + role, run);
        figures.put("role", role.toString());
        figures.putAll(killed);
        figures.put("after", facts("after that", run(pool, MapPart::busy)));
        System.out.println("  " + killed);
        return figures;
    }

    private static boolean pause(double seconds) {
        try {
            Thread.sleep((long) (seconds * 1e3));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// {@return how many were killed}
    private int kill(Role role) {
        var victims = processes.of(role);
        victims.stream().limit(1).forEach(ProcessHandle::destroyForcibly);
        return Math.min(1, victims.size());
    }

    private static Map<String, Object> facts(String name, Run run) {
        System.out.printf(Locale.ROOT, "%d items of %d us, %s: %.2f s, %s%n", ITEMS,
                BUSY_NANOS / 1000, name, run.seconds(), run.right() ? "right" : "WRONG");
        return new LinkedHashMap<>(Map.of("s", run.seconds(), "right", run.right()));
    }
}
