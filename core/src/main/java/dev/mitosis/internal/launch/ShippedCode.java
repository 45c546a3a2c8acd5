package dev.mitosis.internal.launch;

import dev.mitosis.PoolConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What JVMs on other machines need to be like this one: its classes and its flags.
///
/// The same as for a worker here, see [Places] and [CopiedFlags]; but all of it by class path,
/// since only jars and folders travel.
///
/// @param classPath jars and folders that are there, in order, with what their manifests name
/// @param flags flags of the JVM
public record ShippedCode(List<Path> classPath, List<String> flags) {
    /// Returns what is needed to be like this JVM as it is now.
    ///
    /// @param config what the user asked for
    /// @param loader knows where the caller's classes are
    /// @param unpacked where to put the library if it is inside of another jar
    /// @return what is needed
    /// @throws IOException if a jar cannot be read
    public static ShippedCode of(PoolConfig config, @Nullable ClassLoader loader, Path unpacked)
            throws IOException {
        var jvm = ThisJvm.now(loader);
        var places = Places.of(jvm, config.classPath());
        var entries = new ArrayList<Path>();
        var packed = places.packed();
        if (packed != null) {
            entries.add(packed.copyTo(unpacked));
        }
        entries.addAll(places.classPath().keySet());
        if (!namesFolder(jvm.property("java.class.path"))) {
            entries.remove(Path.of("").toAbsolutePath()); // a stray separator, as Surefire's
        }
        entries.addAll(places.modulePath());
        var flags = CopiedFlags.of(Stream.concat(
                places.needed(OptionVariables.of(jvm.environment(), jvm.flags()).flags()).stream(),
                MainJar.of(jvm).flags().stream()).toList());
        return new ShippedCode(withManifests(entries), flags.kept());
    }

    /// Whether somebody wants the working folder, with all that is in it, to be a class path.
    private static boolean namesFolder(String classPath) {
        var here = Path.of("").toAbsolutePath().toString();
        return List.of(classPath.split(File.pathSeparator, -1)).stream()
                .anyMatch(entry -> entry.equals(".") || entry.equals(here));
    }

    /// A jar of a class path brings others along, as a test's or a launcher's does.
    private static List<Path> withManifests(List<Path> entries) throws IOException {
        var all = new LinkedHashSet<Path>();
        var open = new ArrayDeque<>(entries);
        for (Path entry; (entry = open.poll()) != null; ) {
            if (all.contains(entry) || !Files.exists(entry)) {
                continue;
            }
            all.add(entry);
            if (Files.isRegularFile(entry)) {
                named(entry).reversed().forEach(open::addFirst);
            }
        }
        return List.copyOf(all);
    }

    private static List<Path> named(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            var manifest = file.getManifest();
            return manifest == null ? List.of()
                    : MainJar.of(manifest.getMainAttributes(), jar).entries();
        }
    }
}
