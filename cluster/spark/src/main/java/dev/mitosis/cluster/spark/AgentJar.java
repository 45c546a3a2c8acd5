package dev.mitosis.cluster.spark;

import dev.mitosis.agent.Agent;
import dev.mitosis.agent.Hash;
import dev.mitosis.cluster.ClusterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import scala.jdk.javaapi.CollectionConverters;

/// The jar by which executors get the agent: its classes alone, wherever this JVM has them from.
///
/// It is made when a context is used first, and deleted when that ends, or this JVM.
final class AgentJar {
    private static final String NAME = "mitosis-agent";
    private static final String PLACE = "dev/mitosis/agent";
    private static final Object ONE_AT_A_TIME = new Object();

    private AgentJar() {}

    /// Has a context's executors load the agent, if they do not yet.
    ///
    /// @throws ClusterException if its classes are nowhere
    static void ensureAdded(SparkContext context) {
        synchronized (ONE_AT_A_TIME) { // Spark refuses a second file of the same name
            if (CollectionConverters.asJava(context.listJars()).stream().anyMatch(AgentJar::isIt)) {
                return;
            }
            try {
                var folder = Files.createTempDirectory("mitosis-spark-");
                folder.toFile().deleteOnExit(); // after what is in it
                var jar = write(folder);
                context.addJar(jar.toString());
                context.addSparkListener(new Tidy(jar, folder));
            } catch (IOException e) {
                throw new ClusterException("the jar that Spark's executors need could not be made: "
                        + e + ". Add mitosis-agent.jar to spark.jars instead", e);
            }
        }
    }

    private static boolean isIt(String url) {
        return url.substring(url.lastIndexOf('/') + 1).startsWith(NAME);
    }

    private static Path write(Path folder) throws IOException {
        var part = folder.resolve("part");
        try (var out = new JarOutputStream(Files.newOutputStream(part))) {
            copyClasses(out);
        }
        var jar = Files.move(part, folder.resolve(NAME + "-" + Hash.of(part) + ".jar"));
        jar.toFile().deleteOnExit();
        return jar;
    }

    private static void copyClasses(JarOutputStream out) throws IOException {
        var source = source();
        if (Files.isDirectory(source)) {
            copyClasses(source, out);
            return;
        }
        try (var jar = FileSystems.newFileSystem(source)) {
            copyClasses(jar.getPath("/"), out);
        }
    }

    private static Path source() throws IOException {
        var source = Agent.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            throw new IOException("nobody knows where " + Agent.class.getName() + " is from");
        }
        var place = source.getLocation().toString();
        try {
            return Path.of(new URI(place));
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            throw new IOException("it is neither in a jar nor in a folder, but in " + place, e);
        }
    }

    private static void copyClasses(Path root, JarOutputStream out) throws IOException {
        List<Path> classes;
        try (var all = Files.walk(root.resolve(PLACE))) {
            classes = all.filter(file -> file.toString().endsWith(".class")).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (var file : classes) {
            var entry = new JarEntry(root.relativize(file).toString().replace('\\', '/'));
            entry.setTime(0); // the same classes are the same jar
            out.putNextEntry(entry);
            Files.copy(file, out);
            out.closeEntry();
        }
    }

    /// Deletes the jar of a context that has ended.
    private static final class Tidy extends SparkListener {
        private final Path jar;
        private final Path folder;

        Tidy(Path jar, Path folder) {
            this.jar = jar;
            this.folder = folder;
        }

        @Override
        public void onApplicationEnd(SparkListenerApplicationEnd end) {
            try {
                Files.deleteIfExists(jar);
                Files.deleteIfExists(folder);
            } catch (IOException e) {
                // then it is deleted when this JVM ends
            }
        }
    }
}
