package dev.mitosis.cluster.spark;

import dev.mitosis.LongRange;
import dev.mitosis.Pool;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/// What `docs/cluster.md` says of pools on Spark.
final class OnSpark {
    private OnSpark() {}

    // @start region="context"
    static List<Long> squares(JavaSparkContext context) {
        try (Pool pool = Pool.open(c -> c.withBackend(SparkBackend.on(context)).withHeap("512m"))) {
            return pool.map(n -> n * n, LongRange.of(0, 100_000));
        }
    }
    // @end

    // @start region="connect"
    static long sum(String master) { // such as spark://head:7077
        SparkBackend backend = SparkBackend.connect(master)
                .withSparkConf("spark.cores.max", "160")
                .withSparkConf("spark.executor.memory", "1g")
                .withNodeJavaHome("/opt/jdk-25");
        try (Pool pool = Pool.open(c -> c.withBackend(backend).withHeap("512m"))) {
            return pool.mapReduceLong(n -> n * n, Long::sum, 0, LongRange.of(0, 100_000_000_000L));
        }
    }
    // @end
}
