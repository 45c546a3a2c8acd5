package dev.mitosis.cluster.spark;

import dev.mitosis.cluster.ClusterException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// Which cluster a master's URL names.
///
/// @param url the URL
/// @param kind what sort of cluster
/// @param addresses where a standalone master listens, unresolved; several if one stands by
record Master(String url, Kind kind, List<InetSocketAddress> addresses) {
    /// What sort of cluster it is.
    enum Kind {
        /// Threads of the driver.
        LOCAL,
        /// Processes that the driver starts on its own machine.
        LOCAL_CLUSTER,
        /// Masters whose addresses are in the URL.
        STANDALONE,
        /// YARN, Kubernetes, or what else Spark knows: found by their own configuration.
        OTHER
    }

    private static final String STANDALONE = "spark://";

    /// Reads a URL.
    ///
    /// @throws ClusterException if it is wrong, or names no cluster
    static Master of(String url) {
        var kind = kind(url);
        if (kind == Kind.LOCAL) {
            throw new ClusterException("the master " + url + " runs everything in threads of this"
                    + " JVM, so there are no nodes for workers: say Backend.processes() for workers"
                    + " on this machine, or local-cluster[2,1,1024] to try Spark itself on it");
        }
        var addresses = kind == Kind.STANDALONE
                ? Arrays.stream(url.substring(STANDALONE.length()).split(","))
                        .map(address -> address(url, address)).toList()
                : List.<InetSocketAddress>of();
        return new Master(url, kind, addresses);
    }

    private static Kind kind(String url) {
        if (url.equals("local") || url.startsWith("local[")) {
            return Kind.LOCAL;
        }
        if (url.startsWith("local-cluster")) {
            return Kind.LOCAL_CLUSTER;
        }
        return url.startsWith(STANDALONE) ? Kind.STANDALONE : Kind.OTHER;
    }

    private static InetSocketAddress address(String url, String address) {
        int colon = address.lastIndexOf(':');
        try {
            var host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
            return InetSocketAddress.createUnresolved(host,
                    Integer.parseInt(address.substring(colon + 1)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new ClusterException("a standalone master is named like spark://host:7077, and"
                    + " not " + url, e);
        }
    }

    /// {@return whether nobody but this machine can reach it}
    ///
    /// @param host where Spark has the cluster listen that it starts on this machine
    boolean isLoopback(String host) {
        return isHere() && (kind != Kind.LOCAL_CLUSTER || isLoopbackHost(host));
    }

    /// {@return whether all of it is on this machine}
    boolean isHere() {
        return switch (kind) {
            case LOCAL, LOCAL_CLUSTER -> true;
            case STANDALONE -> addresses.stream().map(InetSocketAddress::getHostString)
                    .allMatch(Master::isLoopbackHost);
            case OTHER -> false;
        };
    }

    /// {@return whether only this machine can reach a host; not if nobody knows it}
    static boolean isLoopbackHost(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
