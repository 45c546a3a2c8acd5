package dev.mitosis.cluster.ignite;

import dev.mitosis.Backend;
import dev.mitosis.PoolConfig;
import dev.mitosis.cluster.ClusterBackend;
import dev.mitosis.cluster.ClusterSettings;
import dev.mitosis.spi.Crew;
import dev.mitosis.spi.CrewListener;
import java.time.Duration;
import org.apache.ignite.Ignite;

/// Workers on the server nodes of an Apache Ignite cluster.
///
/// The caller's node, a client or a server, is used and never stopped. Those server nodes run
/// workers whose configuration went through `dev.mitosis.agent.ignite.Member.joining` and which
/// have `mitosis-agent` on their class path; `Member` itself starts such a node on this machine.
/// Frames are retried by pools alone, never by Ignite's fail-over.
///
/// Ignite runs any code that any node sends. So a cluster is refused whose nodes listen on the
/// network, unless its nodes prove to each other who they are: see [#withInsecureCluster].
///
/// A node on JDK 17 or newer needs `--add-opens` of `java.lang`, `java.lang.invoke`, `java.nio`
/// and `java.util` of `java.base` to `ALL-UNNAMED`, the caller's as well. Give its
/// `TcpCommunicationSpi` an `ackSendThreshold` of 2: with Ignite's 32, large arguments that were
/// sent and not yet acknowledged can fill its heap.
public final class IgniteBackend implements Backend {
    private final Ignite ignite;
    private final ClusterSettings settings;
    private final ClusterBackend backend;

    private IgniteBackend(Ignite ignite, ClusterSettings settings) {
        this.ignite = ignite;
        this.settings = settings;
        this.backend = new ClusterBackend(() -> IgniteTransport.open(ignite, settings), settings);
    }

    /// Returns a back-end whose pools use the cluster of this node.
    ///
    /// @param ignite the caller's node; it must be started, and stays so
    /// @return the back-end
    public static IgniteBackend on(Ignite ignite) {
        return new IgniteBackend(ignite, ClusterSettings.DEFAULTS);
    }

    /// Returns a copy whose workers run on this JDK, which need not be the one of Ignite's nodes.
    ///
    /// @param home its home on the nodes; if empty, what `MITOSIS_JAVA_HOME` names there
    /// @return the copy
    public IgniteBackend withNodeJavaHome(String home) {
        return new IgniteBackend(ignite, settings.withNodeJavaHome(home));
    }

    /// Returns a copy whose processes on a node end after so long without work; others are started
    /// when there is work again.
    ///
    /// @param time how long
    /// @return the copy
    public IgniteBackend withHostIdle(Duration time) {
        return new IgniteBackend(ignite, settings.withHostIdle(time));
    }

    /// Returns a copy that waits so long for the first node to answer.
    ///
    /// @param time how long
    /// @return the copy
    public IgniteBackend withStartTimeout(Duration time) {
        return new IgniteBackend(ignite, settings.withStartTimeout(time));
    }

    /// Returns a copy that uses nodes which listen on the network even if there is no SSL context
    /// factory by which they prove who they are: whoever reaches them may run any code there.
    ///
    /// @param insecure whether it does
    /// @return the copy
    public IgniteBackend withInsecureCluster(boolean insecure) {
        return new IgniteBackend(ignite, settings.withInsecureCluster(insecure));
    }

    /// Makes the workers of one pool.
    ///
    /// @throws dev.mitosis.cluster.InsecureClusterException if strangers could be in the cluster
    /// @throws dev.mitosis.cluster.ClusterException if no node of it runs workers
    @Override
    public Crew open(PoolConfig config, CrewListener listener) {
        return backend.open(config, listener);
    }
}
