package dev.mitosis.cluster.spark;

import dev.mitosis.cluster.ClusterException;
import dev.mitosis.cluster.InsecureClusterException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import org.apache.spark.SparkConf;
import org.apache.spark.util.Utils;

/// What is checked before a cluster is used.
final class Precautions {
    /// What Spark's memory manager asks of a driver: it reserves 300 MiB and wants half more.
    private static final long LEAST_HEAP = 450L << 20;

    private static final Duration KNOCK = Duration.ofSeconds(5);

    private Precautions() {}

    /// Refuses a cluster that others can reach and that asks nobody who he is.
    ///
    /// @param conf the application's
    /// @throws InsecureClusterException if it is one
    static void requireSecure(SparkConf conf) {
        requireSecure(conf, Utils.localHostName());
    }

    /// As above, where Spark takes `host` for this machine: what it starts listens there, whatever
    /// `spark.driver.host` says.
    static void requireSecure(SparkConf conf, String host) {
        var master = Master.of(conf.get("spark.master"));
        boolean secret = isOn(conf, "spark.authenticate");
        boolean encrypted = isOn(conf, "spark.network.crypto.enabled")
                || isOn(conf, "spark.ssl.rpc.enabled");
        boolean isAlone = master.isLoopback(host);
        var driver = driver(conf);
        if (isAlone && driver.isEmpty() || secret && encrypted) {
            return;
        }
        var who = isAlone
                ? "the driver listens on " + driver + ", where other machines can reach it,"
                : "the cluster " + master.url() + " can be reached by other machines";
        throw new InsecureClusterException(who + " and "
                + (secret ? "does not encrypt" : "does not ask for a secret")
                + ": whoever can reach it may run any code on it. Switch on spark.authenticate"
                + " (with a spark.authenticate.secret) and spark.network.crypto.enabled, or"
                + " spark.ssl.rpc.enabled, on the cluster and in this application"
                + otherwise(master, isAlone)
                + ". If the network itself keeps others out, say withInsecureCluster(true)");
    }

    /// {@return where others can reach the driver, or nothing}
    private static String driver(SparkConf conf) {
        var host = conf.get("spark.driver.host", "127.0.0.1");
        var bound = conf.get("spark.driver.bindAddress", host);
        return !Master.isLoopbackHost(host) ? host : Master.isLoopbackHost(bound) ? "" : bound;
    }

    private static String otherwise(Master master, boolean isAlone) {
        if (isAlone) {
            return ", or set spark.driver.host and spark.driver.bindAddress to 127.0.0.1";
        }
        return master.isHere() ? ", or set SPARK_LOCAL_IP to 127.0.0.1 in the environment" : "";
    }

    private static boolean isOn(SparkConf conf, String key) {
        return conf.getBoolean(key, false);
    }

    /// Refuses a heap in which no context can be made.
    ///
    /// @throws ClusterException if it is too small
    static void requireHeap(long heap) {
        if (heap < LEAST_HEAP) {
            throw new ClusterException("this JVM has a heap of " + (heap >> 20) + " MiB, and a"
                    + " Spark driver needs " + (LEAST_HEAP >> 20) + ": start it with -Xmx512m");
        }
    }

    /// Refuses masters of which none listens. Spark itself would try for a minute.
    ///
    /// @throws ClusterException if there is none
    static void requireReachable(Master master) {
        var failures = new ArrayList<String>();
        for (var address : master.addresses()) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(address.getHostString(), address.getPort()),
                        (int) KNOCK.toMillis());
                return;
            } catch (IOException e) {
                failures.add(address.getHostString() + ": " + e.getMessage());
            }
        }
        if (!failures.isEmpty()) {
            throw new ClusterException("no Spark master listens at " + master.url() + " ("
                    + String.join("; ", failures) + "). Is it running, on that port, and does a"
                    + " firewall let it through?");
        }
    }
}
