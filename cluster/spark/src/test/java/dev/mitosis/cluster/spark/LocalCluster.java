package dev.mitosis.cluster.spark;

import dev.mitosis.testing.Eventually;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkStatusTracker;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/// A cluster of real executor processes on this machine, which all tests of this JVM share.
///
/// It takes some seconds to start. There can be one context in a JVM, so that tests which make their own [#end] it;
/// the next test that wants it starts it anew. What is left when the JVM ends, Spark ends itself.
public final class LocalCluster {
    /// Two executors with two slots each.
    public static final String MASTER = "local-cluster[2,2,1024]";

    private static final int EXECUTORS = 2;

    private static @Nullable JavaSparkContext context; // guarded by the class

    private LocalCluster() {}

    /// {@return the shared context; starts it if it is not there}
    public static synchronized JavaSparkContext shared() {
        if (context == null) {
            prepareHome();
            context = new JavaSparkContext(conf());
            awaitExecutors(context.sc().statusTracker());
        }
        return context;
    }

    /// A context is there before its executors are, and a pool before the second one.
    private static void awaitExecutors(SparkStatusTracker tracker) {
        Eventually.holds(Duration.ofSeconds(60), () -> tracker.getExecutorInfos().length > EXECUTORS,
                () -> tracker.getExecutorInfos().length + " executors, with the driver");
    }

    /// Ends the shared context and its processes.
    public static synchronized void end() {
        if (context != null) {
            context.stop();
            context = null;
        }
    }

    private static SparkConf conf() {
        return new SparkConf().setMaster(MASTER).setAppName("tests")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.task.maxFailures", "1")
                .set("spark.locality.wait", "0")
                .set("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"));
    }

    /// Makes the folder that `SPARK_HOME` names: executors find Spark there.
    static void prepareHome() {
        try {
            var home = Path.of(System.getenv("SPARK_HOME"));
            var jars = Files.createDirectories(home.resolve("jars"));
            for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                var jar = Path.of(entry);
                // none of ours: executors get those by wire
                if (entry.endsWith(".jar") && !entry.contains("mitosis")) {
                    link(jars.resolve(jar.getFileName()), jar);
                }
            }
            Files.writeString(home.resolve("RELEASE"), "from a class path\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void link(Path link, Path jar) throws IOException {
        try {
            Files.createSymbolicLink(link, jar);
        } catch (FileAlreadyExistsException e) {
            // from an earlier run
        }
    }
}
