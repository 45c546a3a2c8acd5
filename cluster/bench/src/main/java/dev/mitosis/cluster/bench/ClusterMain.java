package dev.mitosis.cluster.bench;

import dev.mitosis.Pool;
import dev.mitosis.bench.common.Json;
import dev.mitosis.bench.common.Options;
import dev.mitosis.cluster.spark.SparkBackend;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.package$;

/// Measures pools on a standalone Spark cluster; `bench/cluster` starts it, and the cluster.
public final class ClusterMain {
    private static final List<String> PARTS = List.of("map", "haul", "overhead");

    private ClusterMain() {}

    /// Runs it; ends with status 1 if a result is wrong.
    ///
    /// @param args the options, see `bench/cluster --help`
    /// @throws IOException if the figures cannot be written
    /// @throws InterruptedException if it is interrupted
    public static void main(String... args) throws IOException, InterruptedException {
        var options = Options.parse(Map.of("only", String.join(",", PARTS), "json", "",
                "repetitions", "5", "master", "", "folder", "", "cluster-java", ""), args);
        var parts = List.of(options.text("only").split(","));
        if (!PARTS.containsAll(parts)) {
            System.err.println("--only takes some of " + PARTS + ", not " + parts);
            System.exit(2);
        }
        var master = options.text("master");
        var figures = new LinkedHashMap<String, Object>();
        figures.put("spark", package$.MODULE$.SPARK_VERSION());
        figures.put("cluster_java", options.text("cluster-java"));
        boolean right = true;
        for (var part : PARTS) {
            if (!parts.contains(part)) {
                continue;
            }
            double load = load();
            Map<String, Object> measured = switch (part) {
                case "map" -> new MapPart(new ClusterProcesses(Path.of(options.text("folder"))),
                        options.count("repetitions")).measure(master);
                case "haul" -> HaulPart.measure(master);
                default -> new OverheadPart(options.count("repetitions")).measure(master);
            };
            right &= !measured.toString().contains("right=false");
            measured.put("load_before", load);
            measured.put("load_after", load());
            figures.put(part, measured);
            Json.write(options.text("json"), figures);
        }
        System.exit(right ? 0 : 1); // Spark leaves threads behind
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /// {@return a pool with an application of its own; nodes find the JDK of this JVM}
    static Pool open(String master) {
        return Pool.open(c -> c.withBackend(SparkBackend.connect(master)
                .withNodeJavaHome(System.getProperty("java.home"))));
    }
}
