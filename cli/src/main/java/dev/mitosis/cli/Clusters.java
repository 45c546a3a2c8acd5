package dev.mitosis.cli;

import dev.mitosis.Backend;
import java.util.Map;

/// What knows how to run workers on a cluster: a service, found only if `--cluster` asks for it, so
/// that the command needs no engine otherwise.
public interface Clusters {
    /// Returns a back-end on a cluster; nothing is connected yet.
    ///
    /// Its opening throws a [Complaint] if the cluster cannot be used.
    ///
    /// @param wishes what the command line says
    /// @return the back-end
    Backend connect(Wishes wishes);

    /// What the command line says of a cluster.
    ///
    /// @param url names the cluster, such as `spark://host:7077`
    /// @param javaHome the home of a JDK on its nodes, or empty
    /// @param insecure whether it may be one where nobody proves who he is
    /// @param settings the engine's own, by name
    record Wishes(String url, String javaHome, boolean insecure, Map<String, String> settings) {
        /// Keeps a copy of the settings.
        public Wishes {
            settings = Map.copyOf(settings);
        }
    }
}
