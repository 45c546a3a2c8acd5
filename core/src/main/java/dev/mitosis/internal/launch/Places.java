package dev.mitosis.internal.launch;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The places where a worker finds classes, as this JVM finds them; the rest is pulled.
///
/// ```text
///   class path   the library, java.class.path, Surefire's, class loaders', withClassPath
///   module path  jdk.module.path; the modules of this JVM's boot layer are roots
/// ```
/// @param named whether the library starts as a module
/// @param classPath entries in order, each with how it was found
/// @param modulePath entries in order
/// @param roots modules to resolve besides the library's
/// @param packed the library inside of another jar: to be copied out before a worker starts
/// @param skipped entries that are not used, each with the reason
record Places(
        boolean named,
        Map<Path, String> classPath,
        List<Path> modulePath,
        List<String> roots,
        @Nullable PackedCore packed,
        Map<String, String> skipped) {

    private static final String LIBRARY = "the library";
    private static final String SOURCE_LAUNCHER = "com.sun.tools.javac.launcher.";

    static Places of(ThisJvm jvm, List<Path> added) {
        var found = new Found();
        var core = jvm.core();
        var packed = core.named() ? null : found.core(core.location(), jvm);
        found.all(jvm.property("java.class.path"), "java.class.path");
        found.all(jvm.property("surefire.test.class.path"), "surefire.test.class.path");
        for (var entry : jvm.loaderEntries()) {
            found.add(entry, "a class loader's URL");
        }
        for (var entry : added) {
            found.add(entry, "withClassPath");
        }
        if (jvm.property("sun.java.command").contains(SOURCE_LAUNCHER)) {
            found.skipFolders();
        }
        var modulePath = paths(jvm.property("jdk.module.path"));
        var roots = core.named() || !modulePath.isEmpty() ? jvm.modules() : List.<String>of();
        return new Places(core.named(), found.entries, modulePath, roots, packed, found.skipped);
    }

    /// Returns what goes behind the flags: paths and the main class.
    ///
    /// @param main the main class, one of the library's
    /// @param unpacked the copy of the library, if it is packed
    List<String> arguments(String main, @Nullable Path unpacked) {
        var all = new ArrayList<String>();
        var entries = new ArrayList<Path>(classPath.keySet());
        if (unpacked != null) {
            entries.addFirst(unpacked);
        }
        if (!modulePath.isEmpty()) {
            all.addAll(List.of("--module-path", joined(modulePath)));
        }
        if (!roots.isEmpty()) {
            all.addAll(List.of("--add-modules", String.join(",", roots)));
        }
        if (!entries.isEmpty()) {
            all.addAll(List.of("--class-path", joined(entries)));
        }
        all.addAll(named ? List.of("--module", "dev.mitosis/" + main) : List.of(main));
        return all;
    }

    /// Leaves out what a class path implies. The source launcher says `ALL-DEFAULT`, which doubles
    /// the time of a start, since the JDK's archived modules are then not used.
    List<String> needed(List<String> flags) {
        var needed = new ArrayList<>(flags);
        if (!named) {
            needed.remove("--add-modules=ALL-DEFAULT");
        }
        return needed;
    }

    private static String joined(List<Path> entries) {
        var joined = new StringJoiner(File.pathSeparator);
        for (var entry : entries) {
            joined.add(entry.toString());
        }
        return joined.toString();
    }

    private static List<Path> paths(String joined) {
        var found = new Found();
        if (!joined.isEmpty()) {
            found.all(joined, "");
        }
        return List.copyOf(found.entries.keySet());
    }

    /// Collects entries; the first of two equal ones counts.
    private static final class Found {
        final Map<Path, String> entries = new LinkedHashMap<>();
        final Map<String, String> skipped = new LinkedHashMap<>();

        /// Adds where the library is, and returns it instead if no class path can name it.
        @Nullable PackedCore core(@Nullable URI location, ThisJvm jvm) {
            if (location == null) {
                return null;
            }
            if (!"file".equals(location.getScheme())) {
                return new PackedCore(location);
            }
            // First, as a start-up cache demands. But a jar that holds more than the library stays
            // where it is: something may be meant to lie before it.
            var place = Path.of(location);
            if (!place.getFileName().toString().matches("mitosis-core.*\\.jar")) {
                all(jvm.property("java.class.path"), "java.class.path");
            }
            entries.put(place, LIBRARY);
            return null;
        }

        void all(String joined, String how) {
            if (joined.isEmpty()) {
                return;
            }
            for (var entry : joined.split(File.pathSeparator, -1)) {
                try {
                    add(Path.of(entry), how);
                } catch (InvalidPathException e) {
                    skipped.put(entry, "the locale cannot say this name: " + e.getReason());
                }
            }
        }

        void add(Path entry, String how) {
            var name = entry.toString();
            // Without links resolved: what the user calls current/ may be something else tomorrow.
            var absolute = name.isEmpty() || name.equals(".")
                    ? Path.of("").toAbsolutePath() : entry.toAbsolutePath();
            entries.putIfAbsent(absolute, how);
        }

        /// The source launcher looks at its own classes before the class path, a worker after it:
        /// an old class file beside the source, or where the build put it, would run in silence.
        void skipFolders() {
            for (var entry : List.copyOf(entries.keySet())) {
                if (Files.isDirectory(entry) && !LIBRARY.equals(entries.get(entry))) {
                    entries.remove(entry);
                    skipped.put(entry.toString(), "the launched source comes first: pulled");
                }
            }
        }
    }
}
