package dev.mitosis.cluster;

import java.time.Duration;
import java.util.Objects;

/// How pools use a cluster: immutable, edited by withers.
///
/// @param nodeJavaHome the home of a JDK on the nodes, or empty for what `MITOSIS_JAVA_HOME` names
///     there
/// @param hostIdle after so long without work a pool's host on a node ends; another is started when
///     there is work again
/// @param startTimeout within which the first node must have answered
/// @param insecure whether nodes on other machines may be used although nobody proves who he is
public record ClusterSettings(
        String nodeJavaHome, Duration hostIdle, Duration startTimeout, boolean insecure) {
    /// What is used if nobody says otherwise.
    public static final ClusterSettings DEFAULTS =
            new ClusterSettings("", Duration.ofMinutes(1), Duration.ofMinutes(1), false);

    /// Refuses what cannot be.
    public ClusterSettings {
        Objects.requireNonNull(nodeJavaHome, "nodeJavaHome");
        requirePositive("hostIdle", hostIdle);
        requirePositive("startTimeout", startTimeout);
    }

    private static void requirePositive(String name, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, not " + time);
        }
    }

    /// Returns a copy whose hosts and workers run on this JDK.
    ///
    /// @param home its home on the nodes
    /// @return the copy
    public ClusterSettings withNodeJavaHome(String home) {
        return new ClusterSettings(home, hostIdle, startTimeout, insecure);
    }

    /// Returns a copy whose hosts end after so long without work.
    ///
    /// @param time how long
    /// @return the copy
    public ClusterSettings withHostIdle(Duration time) {
        return new ClusterSettings(nodeJavaHome, time, startTimeout, insecure);
    }

    /// Returns a copy that waits so long for the first node.
    ///
    /// @param time how long
    /// @return the copy
    public ClusterSettings withStartTimeout(Duration time) {
        return new ClusterSettings(nodeJavaHome, hostIdle, time, insecure);
    }

    /// Returns a copy that uses nodes on other machines even if the engine neither proves who it
    /// speaks to nor encrypts: whoever can reach them may run any code on them.
    ///
    /// @param insecure whether it does
    /// @return the copy
    public ClusterSettings withInsecureCluster(boolean insecure) {
        return new ClusterSettings(nodeJavaHome, hostIdle, startTimeout, insecure);
    }
}
