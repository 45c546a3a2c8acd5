package dev.mitosis.cli;

import dev.mitosis.PoolConfig;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/// The options that say where workers run, if not on this machine.
final class ClusterOptions {
    @Option(
            names = "--cluster",
            required = true,
            paramLabel = "URL",
            description = "run the workers on a Spark cluster, such as spark://host:7077;"
                    + " SPARK_HOME names a Spark of the cluster's version here")
    private String url = "";

    @Option(
            names = "--cluster-java-home",
            paramLabel = "HOME",
            description = "the JDK on the nodes (default: what MITOSIS_JAVA_HOME or JAVA_HOME names"
                    + " there)")
    private String javaHome = "";

    @Option(
            names = "--insecure-cluster",
            description = "use a cluster that asks for no secret or does not encrypt: whoever can"
                    + " reach it may run any code on it")
    private boolean insecure;

    @Option(
            names = "--spark-conf",
            paramLabel = "KEY=VALUE",
            description = "a setting of Spark, over those of conf/spark-defaults.conf; repeatable."
                    + " Secrets belong there: arguments can be seen by everybody")
    private Map<String, String> settings = Map.of();

    /// Returns a copy of a configuration whose workers run there.
    ///
    /// @throws Complaint if there is nothing here that speaks to clusters
    PoolConfig config(PoolConfig config) {
        if (settings.containsKey("spark.master")) {
            throw new Complaint("the master is what --cluster names, not --spark-conf.");
        }
        var place = ClusterPlace.here();
        var all = new TreeMap<>(place.defaults());
        all.putAll(settings);
        var backend = place.load().connect(new Clusters.Wishes(url, javaHome, insecure, all));
        return place.shipped(config).withBackend(backend);
    }
}
