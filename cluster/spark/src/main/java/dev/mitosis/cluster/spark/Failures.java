package dev.mitosis.cluster.spark;

import dev.mitosis.cluster.ClusterException;
import dev.mitosis.cluster.ClusterTransport.Failure;
import java.time.Duration;
import java.util.List;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/// What Spark's exceptions mean, and how they are said.
///
/// A job fails with a text that quotes why its task did, so the text has to be read.
final class Failures {
    private static final List<String> LOST = List.of(
            "ExecutorLostFailure", // it died, was killed, or does not answer
            "Failed to get broadcast_", // its neighbour died from which it was fetching our function
            "TaskKilled"); // by Spark itself

    private Failures() {}

    static Failure classify(Throwable failure) {
        var text = text(failure);
        return LOST.stream().anyMatch(text::contains) ? Failure.NODE_LOST : Failure.REJECTED;
    }

    private static String text(Throwable failure) {
        var text = new StringBuilder();
        for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
            text.append(t).append('\n');
        }
        return text.toString();
    }

    static ClusterException ended() {
        return new ClusterException("the Spark application has ended");
    }

    static ClusterException withoutExecutor(
            SparkContext context, Duration within, Throwable cause) {
        return new ClusterException("no executor has been started on " + context.master()
                + " within " + within.toSeconds() + " s. Are there workers, with free cores and"
                + " as much memory as spark.executor.memory says, and can they reach this driver"
                + " at " + context.getConf().get("spark.driver.host", "its address") + ":"
                + context.getConf().get("spark.driver.port", "?") + "?", cause);
    }

    static ClusterException atStart(SparkContext context, Throwable cause) {
        var text = text(cause);
        if (text.contains("InvalidClassException")) {
            return new ClusterException("the cluster " + context.master() + " runs another version"
                    + " of Spark than this driver, which has " + context.version() + ": put the"
                    + " cluster's own version on the class path", cause);
        }
        return new ClusterException("no executor on " + context.master() + " could answer: "
                + cause.getMessage(), cause);
    }
}
