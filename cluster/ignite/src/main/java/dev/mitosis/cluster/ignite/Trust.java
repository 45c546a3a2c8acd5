package dev.mitosis.cluster.ignite;

import dev.mitosis.cluster.InsecureClusterException;
import java.net.InetAddress;
import java.util.Arrays;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.ssl.SslContextFactory;

/// Whether only those can be in a cluster who are meant to: all of them on this machine, or each
/// with a certificate.
///
/// Between nodes Ignite always asks for the client's certificate, so an SSL context is enough,
/// unless its trust manager is the one that trusts everybody. Not enough is Ignite's
/// authentication of users, which is about its clients and not its nodes.
final class Trust {
    private final boolean everybody;

    private Trust(boolean everybody) {
        this.everybody = everybody;
    }

    /// Returns whom to trust.
    ///
    /// @param ignite the caller's node
    /// @param insecure whether the user takes everybody
    /// @throws InsecureClusterException if somebody in the cluster cannot be trusted
    static Trust of(Ignite ignite, boolean insecure) {
        var trust = new Trust(insecure || hasCertificates(ignite.configuration()));
        for (var node : ignite.cluster().nodes()) {
            if (!trust.includes(node)) {
                throw new InsecureClusterException(refusal(node));
            }
        }
        return trust;
    }

    private static String refusal(ClusterNode node) {
        return "node " + node.id() + " of this Ignite cluster listens on " + node.addresses()
                + ", and whoever reaches it may run any code on all nodes. Bind all nodes to this"
                + " machine with setLocalHost(\"127.0.0.1\"), or let them prove who they are with"
                + " setSslContextFactory and a trust store of their own, or take the risk with"
                + " withInsecureCluster(true)";
    }

    private static boolean hasCertificates(IgniteConfiguration config) {
        var factory = config.getSslContextFactory();
        return factory != null
                && !(factory instanceof SslContextFactory ours && trustsAll(ours));
    }

    private static boolean trustsAll(SslContextFactory factory) {
        var anybody = SslContextFactory.getDisabledTrustManager().getClass();
        return factory.getTrustManagers() != null
                && Arrays.stream(factory.getTrustManagers()).anyMatch(anybody::isInstance);
    }

    /// {@return whether a node may be given frames}
    ///
    /// @param node the node
    boolean includes(ClusterNode node) {
        return everybody || node.addresses().stream().allMatch(Trust::isLoopback);
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false; // a name, which may mean another machine tomorrow
        }
    }
}
