package dev.mitosis.cluster.spark;

import dev.mitosis.cluster.ClusterException;
import dev.mitosis.cluster.ClusterSettings;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/// A Spark application of a pool's own: how it is configured, and started within a deadline.
final class OwnContext {
    private static final Map<String, String> OURS = Map.of(
            "spark.app.name", "Mitosis",
            "spark.task.maxFailures", "1", // what is retried is decided above
            "spark.locality.wait", "0", // where a frame runs is a wish, and no reason to wait
            "spark.ui.enabled", "false", // it would listen where everybody can reach it
            "spark.ui.retainedJobs", "100", // there are many, of one task each
            "spark.ui.retainedStages", "100",
            "spark.ui.retainedTasks", "1000");

    // guarded by the class: the application that was started last
    private static CompletableFuture<SparkContext> last = CompletableFuture.failedFuture(
            new IllegalStateException("none"));

    private OwnContext() {}

    /// Returns how a context is made: as the caller says, else as the JVM's properties say, else
    /// as suits us.
    ///
    /// @param master the cluster
    /// @param said what the caller says
    static SparkConf conf(String master, Map<String, String> said) {
        var conf = new SparkConf().setMaster(master);
        said.forEach(conf::set);
        OURS.forEach(conf::setIfMissing);
        if (Master.of(master).isHere()) {
            conf.setIfMissing("spark.driver.host", "127.0.0.1");
            conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
        }
        return conf;
    }

    /// Starts one.
    ///
    /// @throws ClusterException if that fails or takes too long
    static SparkContext start(SparkConf conf, ClusterSettings settings) {
        var master = Master.of(conf.get("spark.master"));
        Precautions.requireHeap(Runtime.getRuntime().maxMemory());
        if (!settings.insecure()) {
            Precautions.requireSecure(conf);
        }
        Precautions.requireReachable(master);

        var started = begin();
        var thread = new Thread(() -> start(conf, started), "mitosis-spark-start");
        thread.setDaemon(true);
        thread.start();
        try {
            return Waiting.await(started, settings.startTimeout());
        } catch (ExecutionException e) {
            throw failure(master, Waiting.cause(e));
        } catch (TimeoutException e) {
            throw new ClusterException("the Spark application was not accepted by " + master.url()
                    + " within " + settings.startTimeout().toSeconds() + " s. Does a master listen"
                    + " there, of the same version as this driver, and with the same secret?", e);
        } finally {
            // Spark's constructor cannot be interrupted without leaving half a context behind.
            if (!started.isDone()) {
                var _ = started.thenAccept(SparkContext::stop);
            }
        }
    }

    /// Spark gives up an application that no master accepts only after a minute, and ends whatever
    /// is the context of this JVM by then.
    private static synchronized CompletableFuture<SparkContext> begin() {
        if (!last.isDone()) {
            throw new ClusterException("Spark has not yet given up the application of this JVM that"
                    + " was not accepted in time; that takes it a minute");
        }
        last = new CompletableFuture<>();
        return last;
    }

    private static void start(SparkConf conf, CompletableFuture<SparkContext> started) {
        try {
            started.complete(new SparkContext(conf));
        } catch (Exception | LinkageError e) { // Scala does not say what it throws
            started.completeExceptionally(e);
        }
    }

    private static ClusterException failure(Master master, Throwable cause) {
        var text = String.valueOf(cause.getMessage());
        if (text.contains("Only one SparkContext")) {
            return new ClusterException("this JVM has a Spark context already, and Spark allows"
                    + " one: say SparkBackend.on(context), or close the pool that has made it",
                    cause);
        }
        if (text.contains("getSubject is not supported")) {
            return new ClusterException("this Spark is too old to be started on Java "
                    + Runtime.version().feature() + " as it is: Spark 4.2 can be, and older ones"
                    + " if SPARK_USER and HADOOP_USER_NAME are set in the environment and the JVM"
                    + " opens java.lang, java.lang.invoke, java.nio, java.util and sun.nio.ch of"
                    + " java.base (--add-opens)", cause);
        }
        return new ClusterException("no Spark application could be started on " + master.url()
                + ": " + cause, cause);
    }
}
