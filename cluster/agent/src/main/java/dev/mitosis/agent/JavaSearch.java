package dev.mitosis.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.UnaryOperator;

/// Looks for a Java on this node that is new enough for a host.
///
/// ```text
///   what the driver says, MITOSIS_JAVA_HOME, JAVA_HOME, the engine's own
/// ```
final class JavaSearch {
    private final int feature;
    private final List<String> tried = new ArrayList<>();

    private JavaSearch(int feature) {
        this.feature = feature;
    }

    /// Returns the program that starts a JVM.
    ///
    /// @param spec says which Java is needed, and perhaps where it is
    /// @throws IOException if there is none: names what was tried
    static Path find(Spec spec) throws IOException {
        return find(spec, name -> {
            var value = System.getenv(name);
            return value == null ? "" : value;
        });
    }

    static Path find(Spec spec, UnaryOperator<String> environment) throws IOException {
        var search = new JavaSearch(spec.feature());
        if (!spec.javaHome().isEmpty()) {
            search.offer("the driver's setting", spec.javaHome());
        }
        for (var name : List.of("MITOSIS_JAVA_HOME", "JAVA_HOME")) {
            if (search.found == null && !environment.apply(name).isEmpty()) {
                search.offer(name, environment.apply(name));
            }
        }
        if (search.found == null) {
            search.offer("the engine's own", System.getProperty("java.home"));
        }
        if (search.found == null) {
            throw new IOException("this node has no Java " + spec.feature() + " for the workers of"
                    + " a pool; tried " + String.join(", ", search.tried) + ". Install one there,"
                    + " and let MITOSIS_JAVA_HOME on the nodes, or withNodeJavaHome, name it");
        }
        return search.found;
    }

    private @org.jspecify.annotations.Nullable Path found;

    private void offer(String who, String home) throws IOException {
        var binary = Path.of(home, "bin", "java");
        if (!Files.isExecutable(binary)) {
            tried.add(home + " (" + who + ": there is no bin/java)");
            return;
        }
        int version = version(Path.of(home, "release"));
        if (version < feature) {
            tried.add(home + " (" + who + ": it is " + (version < 0 ? "of an unknown version"
                    : "Java " + version) + ")");
            return;
        }
        found = binary;
    }

    private static int version(Path release) throws IOException {
        if (!Files.isRegularFile(release)) {
            return -1;
        }
        var properties = new Properties();
        try (var in = Files.newBufferedReader(release)) {
            properties.load(in);
        }
        var digits = properties.getProperty("JAVA_VERSION", "").replace("\"", "")
                .replaceAll("\\D.*", "");
        return digits.isEmpty() ? -1 : Integer.parseInt(digits);
    }
}
