package dev.mitosis.cli;

import dev.mitosis.PoolConfig;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Where this machine has what speaks to clusters: a jar that the launcher has built, and Spark.
///
/// ```text
///   class path   the command          <-- sent to nodes, with what the user adds, and the jar
///       ^
///   loader       the jar, Spark's jars
/// ```
/// Spark is not on the class path, since that is sent to nodes as it is: hundreds of megabytes
/// that are there already.
///
/// @param jar speaks to clusters, and runs on their nodes; null if the class path has it
/// @param sparkHome the folder of Spark, or empty
record ClusterPlace(@Nullable Path jar, String sparkHome) {
    private static final String MASTER = "spark.master";

    /// {@return what the launcher says}
    static ClusterPlace here() {
        var jar = System.getProperty("mitosis.cluster.jar");
        var home = System.getenv("SPARK_HOME");
        return new ClusterPlace(jar == null ? null : Path.of(jar), home == null ? "" : home);
    }

    /// Finds what speaks to clusters. From now on this thread, and those that it starts, find
    /// Spark's classes.
    ///
    /// @throws Complaint if it is not there, or Spark is not
    Clusters load() {
        var ours = ClusterPlace.class.getClassLoader();
        if (jar == null) {
            return find(ours);
        }
        var loader = new URLClassLoader("cluster", urls(jar), ours);
        Thread.currentThread().setContextClassLoader(new Curtain(loader, ours));
        return find(loader);
    }

    private static Clusters find(ClassLoader loader) {
        return ServiceLoader.load(Clusters.class, loader).findFirst()
                .orElseThrow(() -> new Complaint("nothing on the class path speaks to clusters:"
                        + " the launcher ./mitosis adds it, and the jars of SPARK_HOME."));
    }

    private URL[] urls(Path first) {
        if (sparkHome.isEmpty()) {
            throw new Complaint("--cluster needs Spark, of the cluster's own version: set"
                    + " SPARK_HOME to the folder that has its jars in jars/.");
        }
        var entries = new ArrayList<Path>();
        entries.add(first);
        entries.addAll(ClassPath.jarsIn(Path.of(sparkHome, "jars")));
        return entries.stream().map(ClusterPlace::url).toArray(URL[]::new);
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(jar.toString(), e);
        }
    }

    /// Returns a copy of a configuration that has nodes sent what runs on them.
    PoolConfig shipped(PoolConfig config) {
        if (jar == null) {
            return config;
        }
        var entries = new ArrayList<>(config.classPath());
        entries.add(jar);
        return config.withClassPath(entries.toArray(Path[]::new));
    }

    /// {@return what `spark-defaults.conf` says, as for Spark's own commands, without the master}
    /// @throws Complaint if it cannot be read
    Map<String, String> defaults() {
        return sparkHome.isEmpty() ? Map.of() : defaults(System.getenv("SPARK_CONF_DIR"));
    }

    Map<String, String> defaults(@Nullable String folder) {
        var file = (folder == null ? Path.of(sparkHome, "conf") : Path.of(folder))
                .resolve("spark-defaults.conf");
        if (!Files.exists(file)) {
            return Map.of();
        }
        var all = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            all.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new Complaint("cannot read " + file + ": " + e.getMessage());
        }
        var settings = new TreeMap<String, String>();
        for (var key : all.stringPropertyNames()) {
            if (key.startsWith("spark.") && !key.equals(MASTER)) {
                settings.put(key, all.getProperty(key, "").strip());
            }
        }
        return settings;
    }

    /// Finds what a loader behind it finds, but is none whose places could be listed: the pool
    /// sends those of its caller's loader, and of all above it, to nodes.
    private static final class Curtain extends ClassLoader {
        private final URLClassLoader behind;

        Curtain(URLClassLoader behind, ClassLoader parent) {
            super("cluster-curtain", parent);
            this.behind = behind;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            return behind.loadClass(name);
        }

        @Override
        protected @Nullable URL findResource(String name) {
            return behind.findResource(name);
        }

        @Override
        protected Enumeration<URL> findResources(String name) throws IOException {
            return behind.findResources(name);
        }
    }
}
