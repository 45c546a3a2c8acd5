package dev.mitosis.cluster.command;

import dev.mitosis.Backend;
import dev.mitosis.PoolConfig;
import dev.mitosis.cli.Clusters;
import dev.mitosis.cli.Complaint;
import dev.mitosis.cluster.ClusterException;
import dev.mitosis.cluster.InsecureClusterException;
import dev.mitosis.cluster.spark.SparkBackend;
import dev.mitosis.spi.Crew;
import dev.mitosis.spi.CrewListener;
import java.util.Objects;

/// Spark for the command: a warning is all that it may say, and only on standard error.
public final class SparkClusters implements Clusters {
    private static final String LOGGING = "log4j2.configurationFile";

    /// Made by the service loader.
    public SparkClusters() {}

    @Override
    public Backend connect(Wishes wishes) {
        quieten();
        var backend = SparkBackend.connect(wishes.url())
                .withNodeJavaHome(wishes.javaHome())
                .withInsecureCluster(wishes.insecure());
        for (var setting : wishes.settings().entrySet()) {
            backend = backend.withSparkConf(setting.getKey(), setting.getValue());
        }
        return told(backend);
    }

    /// Before any class of Spark is loaded: it tells all that it does otherwise. Who wants to hear
    /// that names a configuration of his own.
    private static void quieten() {
        if (System.getProperty(LOGGING) == null) {
            var ours = SparkClusters.class.getResource("log4j2.properties");
            System.setProperty(LOGGING, Objects.requireNonNull(ours).toString());
        }
    }

    private static Backend told(Backend backend) {
        return (config, listener) -> open(backend, config, listener);
    }

    /// What is wrong with a cluster is told in one sentence, as whatever is wrong with an option.
    private static Crew open(Backend backend, PoolConfig config, CrewListener listener) {
        try {
            return backend.open(config, listener);
        } catch (ClusterException | InsecureClusterException e) {
            throw new Complaint(e.getMessage());
        }
    }
}
