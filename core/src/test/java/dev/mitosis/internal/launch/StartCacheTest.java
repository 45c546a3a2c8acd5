package dev.mitosis.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartCacheTest {
    private static final Path HOME = Path.of(System.getProperty("java.home"));

    @TempDir Path folder;
    private Path jar;

    @BeforeEach
    void writeJar() throws Exception {
        jar = Files.writeString(folder.resolve("mitosis-core-1.jar"), "classes");
    }

    private StartCache cache(List<String> flags) {
        return StartCache.of(HOME, List.of(jar, Path.of("user.jar")), flags, new StartCache.Settings(folder));
    }

    @Test
    void the_name_says_jar_flags_and_jdk() throws Exception {
        var name = cache(List.of("-XX:+UseSerialGC")).name();
        assertNotEquals(name, cache(List.of("-XX:+UseParallelGC")).name());
        var otherJdk = StartCache.of(folder, List.of(jar), List.of("-XX:+UseSerialGC"),
                new StartCache.Settings(folder));
        assertNotNull(otherJdk);
        assertNotEquals(name, otherJdk.name());

        Files.setLastModifiedTime(jar, FileTime.fromMillis(1000));
        assertNotEquals(name, cache(List.of("-XX:+UseSerialGC")).name());
    }

    @Test
    void a_jar_with_the_same_time_and_size_but_other_classes_has_another_name() throws Exception {
        var time = Files.getLastModifiedTime(jar);
        var name = cache(List.of()).name();
        Files.writeString(jar, "sessalc");
        Files.setLastModifiedTime(jar, time);
        assertNotEquals(name, cache(List.of()).name());
    }

    @Test
    void what_differs_from_worker_to_worker_does_not_matter() {
        var name = cache(List.of("-Xmx1g", "-Djava.io.tmpdir=/a", "-XX:ErrorFile=/a/hs_err_%p.log")).name();
        assertEquals(name, cache(List.of("-Xmx2g", "-Djava.io.tmpdir=/b", "-XX:ErrorFile=/b/x")).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-javaagent:a.jar", "-agentlib:jdwp=x", "-agentpath:/a", "-Xint", "-Xshare:off",
            "-XX:AOTMode=off", "-XX:AOTCache=mine", "-XX:SharedArchiveFile=mine", "-Xbootclasspath/a:x",
            "--patch-module=java.base=x", "--add-modules=java.sql"})
    void a_flag_that_changes_what_a_jvm_loads_rules_a_cache_out(String flag) {
        assertNull(cache(List.of(flag)));
    }

    @Test
    void a_library_inside_of_another_jar_or_a_folder_has_none() {
        for (var other : List.of("app.jar", "classes")) {
            assertNull(StartCache.of(HOME, List.of(folder.resolve(other)), List.of(),
                    new StartCache.Settings(folder)));
        }
    }

    @Test
    void a_worker_uses_it_only_when_it_is_there() throws Exception {
        var cache = cache(List.of());
        var me = Files.getOwner(jar);
        assertEquals(List.of(), cache.flags(me));
        Files.createFile(cache.file());
        assertEquals("-XX:AOTCache=" + cache.file(), cache.flags(me).getFirst());
    }

    @Test
    void what_others_could_have_written_is_not_run() throws Exception {
        var cache = cache(List.of());
        Files.createFile(cache.file());
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertEquals(List.of(), cache.flags(Files.getOwner(jar)));
    }

    @Test
    void the_folder_is_the_users_cache_unless_somebody_says_otherwise() {
        var home = Map.of("user.home", "/home/me");
        assertEquals(Path.of("/home/me/.cache/mitosis"), StartCache.Settings.of(home, Map.of()).folder());
        assertEquals(Path.of("/caches/mitosis"),
                StartCache.Settings.of(home, Map.of("XDG_CACHE_HOME", "/caches")).folder());
        var variable = Map.of("MITOSIS_START_CACHE", "/variable");
        assertEquals(Path.of("/variable"), StartCache.Settings.of(home, variable).folder());
        assertEquals(Path.of("/property"),
                StartCache.Settings.of(Map.of("mitosis.startCache", "/property"), variable).folder());
    }

    @Test
    void it_can_be_switched_off() {
        assertNull(StartCache.Settings.of(Map.of("mitosis.startCache", "off"), Map.of()).folder());
        assertNull(StartCache.Settings.of(Map.of("user.home", "/me"), Map.of("MITOSIS_START_CACHE", "off")).folder());
        assertNull(StartCache.Settings.of(Map.of("user.home", "?"), Map.of()).folder());
    }
}
