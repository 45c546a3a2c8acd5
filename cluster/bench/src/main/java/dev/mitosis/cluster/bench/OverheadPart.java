package dev.mitosis.cluster.bench;

import dev.mitosis.Pool;
import dev.mitosis.cluster.spark.SparkBackend;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;

/// What a frame costs in a pool, beside what it costs the engine alone: one item a frame, in pairs.
final class OverheadPart {
    private static final int[] WINDOWS = {1, 8, 32};
    private static final int MIB = 1 << 20;
    private static final List<Load> LOADS = List.of(
            new Load("empty", new byte[0], 200), new Load("MiB", new byte[MIB], 40));
    private static final int WARM_UP = 10; // runs of each load and side: four JVMs compile
    private static final int PAIRS_OF_RUNS = 2; // of each repetition: ours first, theirs first

    /// A kind of frames.
    ///
    /// @param name what it is called
    /// @param bytes what an item is
    /// @param frames how many there are in a repetition
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Load(String name, byte[] bytes, int frames) {}

    /// Counts jobs, to see that an item really is a frame.
    private static final class Jobs extends SparkListener {
        final AtomicLong begun = new AtomicLong();

        @Override
        public void onJobStart(SparkListenerJobStart start) {
            begun.incrementAndGet();
        }
    }

    private final int repetitions;

    // used by one thread
    private long asked;
    private boolean right = true;

    OverheadPart(int repetitions) {
        this.repetitions = repetitions;
    }

    private static byte[] same(byte[] bytes) {
        return bytes;
    }

    Map<String, Object> measure(String master) throws InterruptedException {
        var figures = new LinkedHashMap<String, Object>();
        var jobs = new Jobs();
        var context = new SparkContext(conf(master));
        try {
            context.addSparkListener(jobs);
            var engine = new Engine(context);
            for (int window : WINDOWS) {
                try (var pool = Pool.open(c -> c.withWorkers(window).withBackend(
                        SparkBackend.on(context).withHostIdle(Duration.ofMinutes(10))
                                .withNodeJavaHome(System.getProperty("java.home"))))) {
                    warmUp(pool, engine, window);
                    for (var load : LOADS) {
                        figures.put(load.name() + " " + window,
                                pairs(pool, engine, load, window));
                    }
                }
            }
        } finally {
            context.stop();
        }
        figures.put("frames", asked);
        figures.put("jobs", jobs.begun.get());
        System.out.println(jobs.begun.get() + " jobs for " + asked + " frames");
        return figures;
    }

    /// As an application of a pool's own is configured, and with what the engine needs here.
    private static SparkConf conf(String master) {
        return new SparkConf().setMaster(master).setAppName("overhead")
                .set("spark.task.maxFailures", "1").set("spark.locality.wait", "0")
                .set("spark.ui.enabled", "false").set("spark.ui.retainedJobs", "100")
                .set("spark.ui.retainedStages", "100").set("spark.ui.retainedTasks", "1000")
                .set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1")
                .setJars(new String[] {jar()});
    }

    private static String jar() {
        var place = Echo.class.getProtectionDomain().getCodeSource().getLocation().toString();
        return Path.of(URI.create(place)).toString();
    }

    private void warmUp(Pool pool, Engine engine, int window) throws InterruptedException {
        for (int i = 0; i < WARM_UP; i++) {
            for (var load : LOADS) {
                ours(pool, load, window);
                theirs(engine, load, window);
            }
        }
    }

    private Map<String, Object> pairs(Pool pool, Engine engine, Load load, int window)
            throws InterruptedException {
        var ours = new ArrayList<Double>();
        var theirs = new ArrayList<Double>();
        for (int i = 0; i < repetitions * PAIRS_OF_RUNS; i++) {
            if (i % PAIRS_OF_RUNS == 0) {
                ours.add(ours(pool, load, window));
                theirs.add(theirs(engine, load, window));
            } else {
                theirs.add(theirs(engine, load, window));
                ours.add(ours(pool, load, window));
            }
        }
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < ours.size(); i++) {
            ratios.add(ours.get(i) / theirs.get(i));
        }
        return figures(load, window, List.of(ours, theirs, ratios));
    }

    /// Calls of one item each: items of one call travel together when the engine is slow.
    ///
    /// @return ms per frame
    private double ours(Pool pool, Load load, int window) throws InterruptedException {
        var items = List.of(load.bytes());
        var left = new AtomicInteger(load.frames());
        var whole = new AtomicInteger();
        Runnable caller = () -> {
            while (left.getAndDecrement() > 0) {
                int length = pool.map(OverheadPart::same, items).getFirst().length;
                whole.addAndGet(length == load.bytes().length ? 1 : 0);
            }
        };
        long begin = System.nanoTime();
        var callers = Stream.generate(() -> Thread.startVirtualThread(caller)).limit(window)
                .toList();
        for (var thread : callers) {
            thread.join();
        }
        double millis = (System.nanoTime() - begin) / 1e6;
        asked += load.frames();
        right &= whole.get() == load.frames();
        return millis / load.frames();
    }

    private double theirs(Engine engine, Load load, int window) throws InterruptedException {
        long begin = System.nanoTime();
        int whole = engine.echo(load.bytes(), load.frames(), window);
        double millis = (System.nanoTime() - begin) / 1e6;
        asked += load.frames();
        right &= whole == load.frames();
        return millis / load.frames();
    }

    private Map<String, Object> figures(Load load, int window, List<List<Double>> all) {
        double ours = median(all.get(0));
        double theirs = median(all.get(1));
        double ratio = median(all.get(2));
        System.out.printf(Locale.ROOT, "%s frames, window %d: %.2f ms each, the engine alone"
                + " %.2f; median of the ratios %.2f%s%n", load.name(), window, ours, theirs, ratio,
                load.bytes().length == 0 ? "" : String.format(Locale.ROOT,
                        "; %.1f and %.1f MiB/s", 1e3 / ours, 1e3 / theirs));
        return Map.of("ms", ours, "engine_ms", theirs, "ratio", ratio, "all_ms", all.get(0),
                "engine_all_ms", all.get(1), "right", right);
    }

    private static double median(List<Double> figures) {
        var sorted = figures.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half)
                : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
