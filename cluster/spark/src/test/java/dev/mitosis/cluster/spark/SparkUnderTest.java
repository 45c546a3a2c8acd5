package dev.mitosis.cluster.spark;

import dev.mitosis.Backend;
import dev.mitosis.cluster.ClusterUnderTest;

/// The contract suite's cluster in this module: executors of Spark.
public final class SparkUnderTest implements ClusterUnderTest {
    @Override
    public Backend open() {
        return SparkBackend.on(LocalCluster.shared());
    }
}
