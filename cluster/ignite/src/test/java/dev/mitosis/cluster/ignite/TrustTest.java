package dev.mitosis.cluster.ignite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.cluster.InsecureClusterException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCluster;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clusters that strangers could be in are refused.
class TrustTest {
    private static final UUID ID = new UUID(1, 2);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "0:0:0:0:0:0:0:1", "::1"})
    void nodes_on_loopback_are_trusted(String address) {
        assertTrue(Trust.of(ignite(new IgniteConfiguration(), "127.0.0.1"), false).includes(node(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "0.0.0.0", "fe80::1", "localhost", "a.machine", ""})
    void nodes_elsewhere_are_not(String address) {
        assertFalse(Trust.of(ignite(new IgniteConfiguration(), "127.0.0.1"), false).includes(node(address)));
    }

    @Test
    void one_node_on_the_network_is_enough_to_refuse_a_cluster() {
        var refusal = assertThrows(InsecureClusterException.class,
                () -> Trust.of(ignite(new IgniteConfiguration(), "127.0.0.1", "10.0.0.1"), false));

        assertEquals("node " + ID + " of this Ignite cluster listens on [10.0.0.1], and whoever reaches it may run any"
                + " code on all nodes. Bind all nodes to this machine with setLocalHost(\"127.0.0.1\"), or let them"
                + " prove who they are with setSslContextFactory and a trust store of their own, or take the risk with"
                + " withInsecureCluster(true)", refusal.getMessage());
    }

    @Test
    void nodes_that_show_certificates_are_trusted_everywhere() {
        var config = new IgniteConfiguration().setSslContextFactory(new SslContextFactory());

        assertTrue(Trust.of(ignite(config, "10.0.0.1"), false).includes(node("10.0.0.2")));
    }

    @Test
    void certificates_that_nobody_looks_at_are_none() {
        var factory = new SslContextFactory();
        factory.setTrustManagers(SslContextFactory.getDisabledTrustManager());
        var config = new IgniteConfiguration().setSslContextFactory(factory);

        assertThrows(InsecureClusterException.class, () -> Trust.of(ignite(config, "10.0.0.1"), false));
    }

    @Test
    void who_takes_the_risk_may() {
        assertTrue(Trust.of(ignite(new IgniteConfiguration(), "10.0.0.1"), true).includes(node("10.0.0.2")));
    }

    private static ClusterNode node(String address) {
        return proxy(ClusterNode.class, (self, method, arguments) -> switch (method.getName()) {
            case "addresses" -> List.of(address);
            case "id" -> ID;
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private static Ignite ignite(IgniteConfiguration config, String... addresses) {
        var nodes = Stream.of(addresses).map(TrustTest::node).toList();
        var cluster = proxy(IgniteCluster.class, (self, method, arguments) -> nodes);
        return proxy(Ignite.class,
                (self, method, arguments) -> method.getName().equals("cluster") ? cluster : config);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }
}
