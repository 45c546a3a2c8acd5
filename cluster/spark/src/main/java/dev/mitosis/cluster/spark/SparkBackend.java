package dev.mitosis.cluster.spark;

import dev.mitosis.Backend;
import dev.mitosis.PoolConfig;
import dev.mitosis.cluster.ClusterBackend;
import dev.mitosis.cluster.ClusterSettings;
import dev.mitosis.cluster.ClusterTransport;
import dev.mitosis.spi.Crew;
import dev.mitosis.spi.CrewListener;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/// Workers beside the executors of a Spark application: immutable, edited by withers.
///
/// ```java
/// Pool.open(c -> c.withBackend(SparkBackend.on(context)))
/// Pool.open(c -> c.withBackend(SparkBackend.connect("spark://127.0.0.1:7077")))
/// ```
/// Each of Spark's task slots is one worker's place. Spark must be on the class path of the caller,
/// in the cluster's own version. Opening waits until a first executor has answered, and fails with
/// a [dev.mitosis.cluster.ClusterException] that says what is missing.
public final class SparkBackend implements Backend {
    /// Whose context it is.
    private sealed interface Source {
        /// The caller's; pools leave it running.
        record Running(SparkContext context) implements Source {}

        /// Each pool's own, which ends with it.
        record Own(String master, Map<String, String> conf) implements Source {}
    }

    private final Source source;
    private final ClusterSettings settings;
    private final ClusterBackend backend; // remembers for all its pools what it has hashed

    private SparkBackend(Source source, ClusterSettings settings) {
        this.source = source;
        this.settings = settings;
        backend = new ClusterBackend(() -> transport(source, settings), settings);
    }

    /// Returns a back-end on a context that runs already, which pools share with whatever else it
    /// does.
    ///
    /// If that context retries tasks (`spark.task.maxFailures`), Spark may run work again by itself
    /// whose executor has died; what comes twice is dropped.
    ///
    /// @param context the context; it is never stopped
    /// @return the back-end
    public static SparkBackend on(JavaSparkContext context) {
        return on(context.sc());
    }

    /// Returns a back-end on a context that runs already.
    ///
    /// @param context the context; it is never stopped
    /// @return the back-end
    public static SparkBackend on(SparkContext context) {
        Objects.requireNonNull(context, "context");
        return new SparkBackend(new Source.Running(context), ClusterSettings.DEFAULTS);
    }

    /// Returns a back-end whose pools make a Spark application each, and end it when they close.
    ///
    /// There can be one such pool in a JVM at a time, since Spark allows one context.
    ///
    /// @param master the URL of a cluster, such as `spark://host:7077`
    /// @return the back-end
    public static SparkBackend connect(String master) {
        Objects.requireNonNull(master, "master");
        return new SparkBackend(new Source.Own(master, Map.of()), ClusterSettings.DEFAULTS);
    }

    /// Returns a copy whose workers run on this JDK; by default on what `MITOSIS_JAVA_HOME` names
    /// on the nodes, `JAVA_HOME`, or the executors' own if it is new enough.
    ///
    /// @param home its home on the nodes
    /// @return the copy
    public SparkBackend withNodeJavaHome(String home) {
        return new SparkBackend(source, settings.withNodeJavaHome(home));
    }

    /// Returns a copy that uses other machines even if Spark neither asks for a secret nor
    /// encrypts: whoever can reach such a cluster may run any code on it.
    ///
    /// @param insecure whether it does
    /// @return the copy
    public SparkBackend withInsecureCluster(boolean insecure) {
        return new SparkBackend(source, settings.withInsecureCluster(insecure));
    }

    /// Returns a copy whose workers leave a node after so long without work; by default a minute.
    ///
    /// @param time how long
    /// @return the copy
    public SparkBackend withHostIdle(Duration time) {
        return new SparkBackend(source, settings.withHostIdle(time));
    }

    /// Returns a copy that waits so long for the cluster and its first executor; by default a
    /// minute.
    ///
    /// @param time how long
    /// @return the copy
    public SparkBackend withStartTimeout(Duration time) {
        return new SparkBackend(source, settings.withStartTimeout(time));
    }

    /// Returns a copy with this setting in the contexts that its pools make; it wins over ours.
    ///
    /// @param key such as `spark.cores.max`
    /// @param value its value
    /// @return the copy
    /// @throws IllegalStateException if the context is the caller's, who has configured it
    public SparkBackend withSparkConf(String key, String value) {
        return switch (source) {
            case Source.Running _ -> throw new IllegalStateException("this context is running and"
                    + " takes no settings any more: set " + key + " where it is made");
            case Source.Own(var master, var conf) -> {
                var more = new HashMap<>(conf);
                more.put(key, value);
                yield new SparkBackend(new Source.Own(master, Map.copyOf(more)), settings);
            }
        };
    }

    @Override
    public Crew open(PoolConfig config, CrewListener listener) {
        return backend.open(config, listener);
    }

    /// {@return a transport whose cluster has answered}
    ClusterTransport transport() {
        return transport(source, settings);
    }

    private static ClusterTransport transport(Source source, ClusterSettings settings) {
        return switch (source) {
            case Source.Running(var context) -> SparkTransport.on(context, settings);
            case Source.Own(var master, var conf) -> SparkTransport.connect(
                    OwnContext.conf(master, conf), settings);
        };
    }
}
