package dev.mitosis.cluster.spark;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.cluster.ClusterException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.deploy.master.Master;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Clusters that ask for a secret, and encrypt.
@Tag("process")
class SecureSparkProcessTest {
    private static final String SECRET = "of these tests";

    @BeforeEach
    void end_the_shared_context() {
        LocalCluster.end(); // Spark allows one in a JVM
        LocalCluster.prepareHome();
    }

    private static SparkBackend backend(String master, String secret) {
        return SparkBackend.connect(master)
                .withSparkConf("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"))
                .withSparkConf("spark.authenticate", "true")
                .withSparkConf("spark.authenticate.secret", secret)
                .withSparkConf("spark.network.crypto.enabled", "true");
    }

    @Test
    void a_pool_works_behind_a_secret_and_encryption() {
        try (var pool = Pool.open(c -> c.withBackend(backend("local-cluster[1,2,1024]", SECRET)))) {
            assertEquals("true", SparkContext.getOrCreate().getConf().get("spark.network.crypto.enabled"));
            assertEquals(upTo(1_000), pool.map(n -> n, upTo(1_000)));
        }
    }

    @Test
    void a_wrong_secret_is_refused_by_name() throws Exception {
        var master = Master.startRpcEnvAndEndpoint("127.0.0.1", 0, 0, new SparkConf()
                .set("spark.master.rest.enabled", "false")
                .set("spark.authenticate", "true").set("spark.authenticate.secret", SECRET)
                .set("spark.network.crypto.enabled", "true"));
        try {
            var output = output("spark://" + master._1().address());
            assertTrue(output.contains("the Spark application was not accepted by spark://127.0.0.1:"), output);
            assertTrue(output.contains(" within 5 s. Does a master listen there, of the same version as this driver,"
                    + " and with the same secret?"), output);
            assertTrue(output.contains("Spark has not yet given up the application of this JVM"), output);
        } finally {
            master._1().shutdown();
        }
    }

    /// In a JVM of its own: when Spark has given up at last, it ends whatever context its JVM has then.
    private static String output(String url) throws IOException, InterruptedException {
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g", "-cp", System.getProperty("java.class.path"), Stranger.class.getName(), url)
                .redirectErrorStream(true).start();
        try {
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), output);
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    /// A program that does not know the secret, and tries twice.
    static final class Stranger {
        private Stranger() {}

        public static void main(String... args) {
            var wrong = backend(args[0], "another").withStartTimeout(Duration.ofSeconds(5));
            for (int i = 0; i < 2; i++) {
                try {
                    Pool.open(c -> c.withBackend(wrong)).close();
                    System.out.println("it was let in");
                } catch (ClusterException e) {
                    System.out.println(e.getMessage());
                }
            }
            System.exit(0);
        }
    }
}
