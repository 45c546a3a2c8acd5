package dev.mitosis.cluster.spark;

import dev.mitosis.cluster.ClusterException;
import dev.mitosis.cluster.ClusterTransport.Failure;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/// What Spark's exceptions mean, and how they are said.
///
/// A job fails with a text that quotes why its task did, so the text has to be read.
final class Failures {
    /// What another executor would fail with, too.
    private static final List<String> REFUSED = List.of(
            "spark.rpc.message.maxSize", // the frame is too large
            "spark.driver.maxResultSize", // the answer is
            "Buffer overflow", // so says Kryo of an answer, if that is the context's serializer
            "erializ", // whatever can be neither written nor read
            "ClassNotFoundException", // the agent is not there, or is another one
            "InvalidClassException",
            "LinkageError",
            "NoClassDefFoundError",
            "UnsupportedClassVersionError",
            "excludeOnFailure", // Spark does not want to run it any more
            "SparkContext was shut down"); // which cancels all jobs

    // by Spark's user interface, by its group, or with all jobs of the application
    private static final Pattern CANCELLED = Pattern.compile("\\bJob \\d+ cancelled\\b");

    private Failures() {}

    /// {@return what a failure means, of an application that has not ended}
    ///
    /// The agent itself throws nothing: what is not known is some trouble of one executor, such as
    /// a full disk or a neighbour that died, and another may do better.
    static Failure classify(Throwable failure) {
        var text = text(failure);
        boolean refused = failure instanceof ClusterException
                || REFUSED.stream().anyMatch(text::contains);
        if (refused && !text.contains("ExecutorLostFailure")) {
            return Failure.REJECTED;
        }
        return CANCELLED.matcher(text).find() ? Failure.CANCELLED : Failure.NODE_LOST;
    }

    /// {@return what a failure and its causes say, but for the stacks that they quote}
    private static String text(Throwable failure) {
        var text = new StringBuilder();
        for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
            t.toString().lines().filter(line -> !line.startsWith("\tat "))
                    .forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    static ClusterException ended() {
        return new ClusterException("the Spark application has ended");
    }

    static ClusterException withoutExecutor(
            SparkContext context, Duration within, Throwable cause) {
        var conf = context.getConf();
        var why = Master.of(context.master()).kind() == Master.Kind.LOCAL_CLUSTER
                ? "Does SPARK_HOME name a folder with Spark's jars in jars/ and a file RELEASE, and"
                        + " is SPARK_SCALA_VERSION=2.13? What executors say is under its work/"
                : "Are there workers, with free cores and as much memory as spark.executor.memory"
                        + " says, and can they reach this driver at "
                        + conf.get("spark.driver.host", "its address") + ":"
                        + conf.get("spark.driver.port", "its port") + "?";
        return new ClusterException("no executor has been started on " + context.master()
                + " within " + within.toSeconds() + " s. " + why, cause);
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
