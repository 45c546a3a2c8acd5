package dev.mitosis.cluster.spark;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.cluster.ClusterException;
import dev.mitosis.cluster.ClusterSettings;
import dev.mitosis.cluster.InsecureClusterException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is refused before anything is started.
class PrecautionsTest {
    private static SparkConf conf(String master) {
        return new SparkConf(false).setMaster(master);
    }

    private static String refusal(SparkConf conf) {
        return refusal(conf, "127.0.0.1");
    }

    private static String refusal(SparkConf conf, String host) {
        return assertThrows(InsecureClusterException.class, () -> Precautions.requireSecure(conf, host)).getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"spark://192.0.2.7:7077", "spark://127.0.0.1:7077,192.0.2.7:7077", "yarn",
            "k8s://https://127.0.0.1:6443", "spark://no-such-host.invalid:7077"})
    void a_cluster_that_others_can_reach_must_ask_for_a_secret_and_encrypt(String master) {
        var conf = conf(master);
        assertTrue(refusal(conf).startsWith("the cluster " + master
                + " can be reached by other machines and does not ask for a secret"), refusal(conf));
        conf.set("spark.authenticate", "true");
        assertTrue(refusal(conf).contains("does not encrypt"), refusal(conf));
        conf.set("spark.network.crypto.enabled", "true");
        assertDoesNotThrow(() -> Precautions.requireSecure(conf));
    }

    @Test
    void encrypting_alone_is_not_enough() {
        var message = refusal(conf("yarn").set("spark.ssl.rpc.enabled", "true"));
        assertTrue(message.contains("does not ask for a secret"), message);
    }

    @Test
    void a_secret_and_TLS_will_do() {
        assertDoesNotThrow(() -> Precautions.requireSecure(conf("yarn")
                .set("spark.authenticate", "true").set("spark.ssl.rpc.enabled", "true")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local-cluster[2,1,1024]", "spark://127.0.0.1:7077", "spark://localhost:7077",
            "spark://[::1]:7077"})
    void what_only_this_machine_reaches_needs_nothing(String master) {
        assertDoesNotThrow(() -> Precautions.requireSecure(conf(master), "127.0.0.1"));
    }

    @Test
    void a_cluster_that_Spark_starts_where_others_can_reach_it_is_refused() {
        var conf = conf("local-cluster[2,1,1024]").set("spark.driver.host", "127.0.0.1");
        var message = refusal(conf, "192.0.2.7");
        assertTrue(message.startsWith("the cluster local-cluster[2,1,1024] can be reached by other machines and does"
                + " not ask for a secret"), message);
        assertTrue(message.contains("or set SPARK_LOCAL_IP to 127.0.0.1 in the environment"), message);
        assertDoesNotThrow(() -> Precautions.requireSecure(conf, "[::1]"));
        conf.set("spark.authenticate", "true").set("spark.network.crypto.enabled", "true");
        assertDoesNotThrow(() -> Precautions.requireSecure(conf, "192.0.2.7"));
    }

    @Test
    void a_driver_is_where_it_is_bound() {
        var message = refusal(conf("spark://127.0.0.1:7077").set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "0.0.0.0"));
        assertTrue(message.startsWith("the driver listens on 0.0.0.0, where other machines can reach it"), message);
    }

    @Test
    void a_driver_that_others_can_reach_is_told_how_not_to_be() {
        var message = refusal(conf("local-cluster[2,1,1024]").set("spark.driver.host", "192.0.2.7"));
        assertTrue(message.startsWith("the driver listens on 192.0.2.7, where other machines can reach it"), message);
        assertTrue(message.contains("set spark.driver.host and spark.driver.bindAddress to 127.0.0.1"), message);
    }

    @Test
    void an_application_of_our_own_listens_here_alone_if_its_cluster_does() {
        assertEquals("127.0.0.1", OwnContext.conf("spark://127.0.0.1:7077", Map.of()).get("spark.driver.host"));
        assertEquals("127.0.0.1", OwnContext.conf("local-cluster[2,1,1024]", Map.of()).get("spark.driver.host"));
        assertEquals("none", OwnContext.conf("yarn", Map.of()).get("spark.driver.host", "none"));
    }

    @Test
    void what_the_caller_sets_wins_over_ours() {
        var conf = OwnContext.conf("yarn", Map.of("spark.task.maxFailures", "3"));
        assertEquals("3", conf.get("spark.task.maxFailures"));
        assertEquals("0", conf.get("spark.locality.wait"));
    }

    @Test
    void a_master_that_does_not_listen_is_named_at_once() throws IOException {
        int port;
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        var conf = OwnContext.conf("spark://127.0.0.1:" + port, Map.of());
        var message = assertThrows(ClusterException.class, () ->
                OwnContext.start(conf, ClusterSettings.DEFAULTS)).getMessage();
        assertEquals("no Spark master listens at spark://127.0.0.1:" + port + " (127.0.0.1: Connection refused)."
                + " Is it running, on that port, and does a firewall let it through?", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spark://127.0.0.1", "spark://127.0.0.1:", "spark://", "spark://a:1,b"})
    void the_URL_of_a_standalone_master_has_a_port(String url) {
        var message = assertThrows(ClusterException.class, () -> Master.of(url)).getMessage();
        assertEquals("a standalone master is named like spark://host:7077, and not " + url, message);
    }

    @Test
    void a_heap_in_which_no_driver_fits_is_refused() {
        var message = assertThrows(ClusterException.class, () -> Precautions.requireHeap(256L << 20)).getMessage();
        assertEquals("this JVM has a heap of 256 MiB, and a Spark driver needs 450: start it with -Xmx512m", message);
    }
}
