package dev.mitosis.cluster.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.cluster.ClusterException;
import dev.mitosis.cluster.ClusterTransport.Failure;
import dev.mitosis.cluster.ClusterTransport.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.master.Master;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Spark applications that are a pool's own.
@Tag("process")
class SparkConnectProcessTest {
    private static final long SECONDS = 60;

    @BeforeEach
    void end_the_shared_context() {
        LocalCluster.end(); // Spark allows one in a JVM
    }

    private static SparkBackend backend() {
        LocalCluster.prepareHome();
        return SparkBackend.connect("local-cluster[1,1,1024]")
                .withSparkConf("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"));
    }

    @Test
    void closing_ends_the_application_and_fails_what_is_on_its_way() throws Exception {
        var before = jars();
        var transport = backend().transport();
        var context = SparkContext.getOrCreate();
        var made = jars();
        made.removeAll(before);
        try (var stuck = new StuckHost()) {
            var answer = transport.submit(new Submission(1, stuck.frame(), ""));
            var executor = stuck.executor();
            transport.close();

            var failure = assertThrows(ExecutionException.class, () -> answer.get(SECONDS, TimeUnit.SECONDS));
            assertEquals(Failure.ENGINE_LOST, transport.classify(failure.getCause()));
            executor.onExit().get(SECONDS, TimeUnit.SECONDS);
        }
        assertTrue(context.isStopped());
        assertFalse(jars().containsAll(made), () -> "none is deleted of " + made);
    }

    /// The folders of jars by which executors get the agent; other JVMs have theirs here, too.
    private static Set<Path> jars() throws IOException {
        var found = new HashSet<Path>();
        try (var all = Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "mitosis-spark-*")) {
            all.forEach(found::add);
        }
        return found;
    }

    @Test
    void a_context_that_is_stopped_fails_what_is_on_its_way() throws Exception {
        var transport = backend().transport();
        try (var stuck = new StuckHost()) {
            var answer = transport.submit(new Submission(1, stuck.frame(), ""));
            stuck.begun();
            SparkContext.getOrCreate().stop();

            var failure = assertThrows(ExecutionException.class, () -> answer.get(SECONDS, TimeUnit.SECONDS));
            assertEquals(Failure.ENGINE_LOST, transport.classify(failure.getCause()));
            var next = transport.submit(new Submission(2, stuck.frame(), ""));
            failure = assertThrows(ExecutionException.class, () -> next.get(SECONDS, TimeUnit.SECONDS));
            assertEquals(Failure.ENGINE_LOST, transport.classify(failure.getCause()));
        } finally {
            transport.close();
        }
    }

    @Test
    void a_second_application_in_a_JVM_is_refused_with_the_way_out() {
        LocalCluster.shared();
        var refused = assertThrows(ClusterException.class, () -> backend().transport());
        assertTrue(refused.getMessage().startsWith("this JVM has a Spark context already"), refused.getMessage());
        assertFalse(LocalCluster.shared().sc().isStopped());
    }

    @Test
    void a_master_without_workers_is_told_apart_within_the_deadline() {
        var master = Master.startRpcEnvAndEndpoint("127.0.0.1", 0, 0, new SparkConf()
                .set("spark.master.rest.enabled", "false"));
        try {
            var backend = SparkBackend.connect("spark://" + master._1().address())
                    .withStartTimeout(Duration.ofSeconds(40)); // which a context takes part of
            var message = assertThrows(ClusterException.class, backend::transport).getMessage();
            assertTrue(message.startsWith("no executor has been started on spark://127.0.0.1:"), message);
            assertTrue(message.contains(" within 40 s. Are there workers, with free cores"), message);
        } finally {
            master._1().shutdown();
        }
    }

    @Test
    void threads_of_this_JVM_are_refused_as_nodes() {
        try (var context = new JavaSparkContext(new SparkConf().setMaster("local[*]").setAppName("tests")
                .set("spark.ui.enabled", "false"))) {
            var message = assertThrows(ClusterException.class, SparkBackend.on(context)::transport).getMessage();
            assertTrue(message.startsWith("the master local[*] runs everything in threads of this JVM"), message);
            assertTrue(message.contains("Backend.processes()") && message.contains("local-cluster["), message);
        }
    }
}
