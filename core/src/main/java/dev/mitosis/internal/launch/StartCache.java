package dev.mitosis.internal.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The JVM's ahead-of-time cache for workers: classes already linked.
///
/// It holds the JDK's classes and this library's, and no user's: a JVM may run old code from a
/// cache whose jar has changed, without a word. So its name says all that it depends on: the JDK,
/// the flags, the library's jar and its content. Its folder belongs to this user alone, since what
/// lies there is code. The JVM goes on without a cache that does not fit.
///
/// @param folder where caches are
/// @param name the file's name without its ending
/// @param jar the library's jar, first on a worker's class path
/// @param trained the flags with which it is trained
public record StartCache(Path folder, String name, Path jar, List<String> trained) {
    /// The system property that names the folder of caches, or is `off`.
    public static final String PROPERTY = "mitosis.startCache";

    static final String VARIABLE = "MITOSIS_START_CACHE";
    static final String OFF = "off";

    // They change what a JVM may load from a cache, or bring one of their own.
    private static final Pattern UNFIT = Pattern.compile("-javaagent:.*|-agent(lib|path):.*"
            + "|-Xrun.*|-Xint|-Xshare:off"
            + "|-XX:[+-]?(AOT(?!ReplayTraining)|SharedArchiveFile|ArchiveClasses).*"
            + "|-Xbootclasspath.*|--(patch|upgrade|limit|add)-module.*|--module.*"
            + "|-Djava\\.system\\.class\\.loader=.*");
    // They differ from worker to worker, and make no difference to a cache.
    private static final Pattern PASSING = Pattern.compile(
            "-Xm[sx].*|-XX:(NewSize|InitialHeapSize)=.*|-XX:ErrorFile=.*"
                    + "|-D(java\\.io\\.tmpdir|mitosis\\.share\\.temp)=.*|-Xshare:auto");

    /// Returns the cache for workers that start like this, or null if there can be none.
    ///
    /// @param home their JDK
    /// @param classPath their class path
    /// @param flags all their flags
    /// @param settings where caches are
    static @Nullable StartCache of(
            Path home, List<Path> classPath, List<String> flags, Settings settings) {
        var folder = settings.folder();
        if (folder == null || classPath.isEmpty() || flags.stream().anyMatch(StartCache::isUnfit)) {
            return null;
        }
        var jar = classPath.getFirst();
        if (!jar.getFileName().toString().matches("mitosis-core.*\\.jar")) {
            return null;
        }
        var trained = flags.stream().filter(flag -> !PASSING.matcher(flag).matches()).toList();
        try {
            return new StartCache(folder, nameOf(home, jar, trained), jar, trained);
        } catch (IOException e) {
            return null; // then the worker cannot read it either, and says so
        }
    }

    private static boolean isUnfit(String flag) {
        return UNFIT.matcher(flag).matches();
    }

    private static String nameOf(Path home, Path jar, List<String> flags) throws IOException {
        var dependsOn = new ArrayList<>(flags);
        dependsOn.add(Runtime.version() + " " + System.getProperty("java.vm.version"));
        dependsOn.add(home + " " + jar + " " + Files.getLastModifiedTime(jar).toMillis());
        dependsOn.add(Fingerprint.of(List.of(home.resolve("lib", "modules"))).text());
        // Each by a sum and a length: a name that is equal by chance would be wrong code.
        return "worker-" + sum(Files.readAllBytes(jar))
                + sum(String.join("\n", dependsOn).getBytes(StandardCharsets.UTF_8));
    }

    /// Not a cryptographic sum: nobody else writes here, and SHA-256 takes 100 ms in a cold JVM.
    private static String sum(byte[] bytes) {
        var forward = new CRC32C();
        forward.update(bytes);
        return "%08x-%x-".formatted(forward.getValue(), bytes.length);
    }

    /// {@return for people: where it is and whether it is there}
    @Override
    public String toString() {
        return file() + (exists() ? "" : " (not built yet)");
    }

    /// {@return the cache's file, which may not exist yet}
    public Path file() {
        return folder.resolve(name + ".aot");
    }

    /// {@return whether it has been built}
    public boolean exists() {
        return Files.isReadable(file());
    }

    /// Returns what a worker is started with: nothing if the cache has not been built, or if
    /// somebody else may have put it there.
    ///
    /// @param me this process's user
    List<String> flags(UserPrincipal me) throws IOException {
        if (!exists() || !Private.isWrittenBy(me, folder)) {
            return List.of();
        }
        // Without the second one a cache that does not fit would be told on the worker's output.
        return List.of("-XX:AOTCache=" + file(), "-Xlog:aot=off,cds=off");
    }

    /// Notes that it is used: the caches that are not are deleted in the end.
    void touch() {
        try {
            Files.setLastModifiedTime(file(), FileTime.from(Instant.now()));
        } catch (IOException e) {
            // not built yet, or not ours to touch: it will be built again some day
        }
    }

    /// Where caches are.
    ///
    /// @param folder the folder, or null for none
    public record Settings(@Nullable Path folder) {
        static Settings of(Map<String, String> properties, Map<String, String> environment) {
            var said = properties.getOrDefault(PROPERTY, environment.getOrDefault(VARIABLE, ""));
            if (said.equals(OFF)) {
                return new Settings(null);
            }
            return new Settings(said.isEmpty() ? usual(properties, environment) : Path.of(said));
        }

        private static @Nullable Path usual(
                Map<String, String> properties, Map<String, String> environment) {
            var caches = environment.getOrDefault("XDG_CACHE_HOME", "");
            if (!caches.isEmpty() && Path.of(caches).isAbsolute()) {
                return Path.of(caches, "mitosis");
            }
            var home = properties.getOrDefault("user.home", "");
            // What a JVM says that cannot find a home: never a folder below the working directory.
            return Path.of(home).isAbsolute() ? Path.of(home, ".cache", "mitosis") : null;
        }
    }
}
