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

/// What a frame costs in a pool, beside what it costs the engine alone: one item a frame, in turns.
///
/// The engine alone is measured twice: as a program says it that uses nothing but Spark, and with
/// the leanest job that we know of. Both have a job for each frame, a pool has fewer.
final class OverheadPart {
    private static final int[] WINDOWS = {1, 8, 32};
    private static final int MIB = 1 << 20;
    private static final List<Load> LOADS = List.of(
            new Load("empty", new byte[0], 200), new Load("MiB", new byte[MIB], 40));
    private static final int WARM_UP = 10; // runs of each load and side: four JVMs compile

    /// A kind of frames.
    ///
    /// @param name what it is called
    /// @param bytes what an item is
    /// @param frames how many there are in a repetition
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Load(String name, byte[] bytes, int frames) {}

    /// Something that is measured.
    ///
    /// @param name as the figures call it
    private record Side(String name, Runs runs) {}

    /// Runs a load once, with so many frames at a time; returns how many came back whole.
    private interface Runs {
        int run(Load load, int window) throws InterruptedException;
    }

    /// Counts jobs, to see that the engine's frames are jobs, and a pool's are not.
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
            var plain = new Engine(context, EngineJobs::plain);
            var lean = new Engine(context, EngineJobs::lean);
            for (int window : WINDOWS) {
                try (var pool = Pool.open(c -> c.withWorkers(window).withBackend(
                        SparkBackend.on(context).withHostIdle(Duration.ofMinutes(10))
                                .withNodeJavaHome(System.getProperty("java.home"))))) {
                    measure(List.of(new Side("pool", (load, w) -> ours(pool, load, w)),
                            new Side("plain", (load, w) -> echo(plain, load, w)),
                            new Side("lean", (load, w) -> echo(lean, load, w))),
                            window, figures);
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

    private void measure(List<Side> sides, int window, Map<String, Object> figures)
            throws InterruptedException {
        for (int i = 0; i < WARM_UP; i++) {
            for (var load : LOADS) {
                turn(sides, i, load, window);
            }
        }
        for (var load : LOADS) {
            var turns = new ArrayList<double[]>();
            for (int i = 0; i < repetitions * sides.size(); i++) {
                turns.add(turn(sides, i, load, window));
            }
            figures.put(load.name() + " " + window, figures(load, window, sides, turns));
        }
    }

    /// Runs each side once, in another order each time, and in all orders in turn.
    ///
    /// @return ms per frame, of each side
    private double[] turn(List<Side> sides, int number, Load load, int window)
            throws InterruptedException {
        var millis = new double[sides.size()];
        for (int i = 0; i < sides.size(); i++) {
            int at = Math.floorMod(number + (number % 2 == 0 ? i : -i), sides.size());
            long begin = System.nanoTime();
            int whole = sides.get(at).runs().run(load, window);
            millis[at] = (System.nanoTime() - begin) / 1e6 / load.frames();
            asked += load.frames();
            right &= whole == load.frames();
        }
        return millis;
    }

    /// Calls of one item each: items of one call travel together when the engine is slow.
    private static int ours(Pool pool, Load load, int window) throws InterruptedException {
        var items = List.of(load.bytes());
        var left = new AtomicInteger(load.frames());
        var whole = new AtomicInteger();
        Runnable caller = () -> {
            while (left.getAndDecrement() > 0) {
                int length = pool.map(OverheadPart::same, items).getFirst().length;
                whole.addAndGet(length == load.bytes().length ? 1 : 0);
            }
        };
        var callers = Stream.generate(() -> Thread.startVirtualThread(caller)).limit(window)
                .toList();
        for (var thread : callers) {
            thread.join();
        }
        return whole.get();
    }

    private static int echo(Engine engine, Load load, int window) throws InterruptedException {
        return engine.echo(load.bytes(), load.frames(), window);
    }

    private Map<String, Object> figures(
            Load load, int window, List<Side> sides, List<double[]> turns) {
        var figures = new LinkedHashMap<String, Object>();
        var line = new StringBuilder(load.name() + " frames, window " + window + ", ms each and"
                + " the pool's ratio:");
        for (int i = 0; i < sides.size(); i++) {
            int side = i;
            var name = sides.get(side).name();
            double millis = median(turns.stream().map(turn -> turn[side]).toList());
            double ratio = median(turns.stream().map(turn -> turn[0] / turn[side]).toList());
            figures.put(name + "_ms", millis);
            figures.put(name + "_all_ms", turns.stream().map(turn -> turn[side]).toList());
            figures.put(name + "_ratio", ratio);
            line.append(String.format(Locale.ROOT, " %s %.2f (%.2f)", name, millis, ratio));
        }
        figures.put("right", right);
        System.out.println(line);
        return figures;
    }

    private static double median(List<Double> figures) {
        var sorted = figures.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half)
                : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
