package dev.mitosis.internal.launch;

import java.io.IOException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/// The jar of `java -jar`: its manifest says flags and entries that `-cp` would not read.
///
/// @param flags what the manifest opens, exports and enables, as flags
/// @param entries the jars that its `Class-Path` names; a worker follows it by itself
record MainJar(List<String> flags, List<Path> entries) {
    private static final MainJar NONE = new MainJar(List.of(), List.of());

    static MainJar of(ThisJvm jvm) {
        var path = jvm.property("java.class.path");
        var command = jvm.property("sun.java.command");
        if (path.isEmpty() || !command.equals(path) && !command.startsWith(path + " ")
                || !Files.isRegularFile(Path.of(path))) {
            return NONE;
        }
        try (var jar = new JarFile(path)) {
            var manifest = jar.getManifest();
            return manifest == null ? NONE : of(manifest.getMainAttributes(), Path.of(path));
        } catch (IOException e) {
            // This JVM runs from that jar, so it was readable once: the worker will say more.
            return NONE;
        }
    }

    static MainJar of(Attributes manifest, Path jar) {
        var flags = new ArrayList<String>();
        for (var module : words(manifest, "Add-Exports")) {
            flags.add("--add-exports=" + module + "=ALL-UNNAMED");
        }
        for (var module : words(manifest, "Add-Opens")) {
            flags.add("--add-opens=" + module + "=ALL-UNNAMED");
        }
        for (var module : words(manifest, "Enable-Native-Access")) {
            flags.add("--enable-native-access=" + module);
        }
        var entries = new ArrayList<Path>();
        for (var word : words(manifest, "Class-Path")) {
            var entry = beside(jar, word);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return new MainJar(flags, entries);
    }

    private static @Nullable Path beside(Path jar, String entry) {
        try {
            return Path.of(jar.toAbsolutePath().toUri().resolve(entry));
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            // not a file, so it cannot change under us as a file would
            return null;
        }
    }

    private static List<String> words(Attributes manifest, String name) {
        var value = manifest.getValue(name);
        return value == null || value.isBlank() ? List.of()
                : List.of(value.strip().split("\\s+", -1));
    }
}
