package dev.mitosis.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.PoolConfig;
import dev.mitosis.testing.Crash;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class JvmLauncherProcessTest {
    @TempDir Path temp;

    /// The other process: tells about itself.
    static final class Tell {
        private Tell() {}

        public static void main(String[] args) throws IOException {
            System.out.println("flags " + ManagementFactory.getRuntimeMXBean().getInputArguments());
            for (var name : List.of("java.io.tmpdir", "user.dir", "java.class.path", "given")) {
                System.out.println(name + " " + System.getProperty(name));
            }
            System.out.println("heap " + (Runtime.getRuntime().maxMemory() >> 20));
            System.out.println("stdin " + System.in.read());
            for (var name : List.of("TOKEN", "HOME", "ADDED", "JAVA_TOOL_OPTIONS")) {
                System.out.println(name + " " + System.getenv(name));
            }
            System.out.println("temp exists " + Files.isDirectory(Path.of(System.getProperty("java.io.tmpdir"))));
            System.out.println("ümlaut");
            System.err.println("to stderr");
        }
    }

    static final class Crashing {
        private Crashing() {}

        public static void main(String[] args) throws Exception {
            Crash.now();
        }
    }

    private static JvmLauncher launcher(UnaryOperator<PoolConfig> edit, Class<?> main, ThisJvm jvm) {
        return JvmLauncher.of(Given.config(edit), 64L << 20, jvm, main.getName());
    }

    private List<String> told(UnaryOperator<PoolConfig> edit, ThisJvm jvm) throws Exception {
        var folder = Files.createTempDirectory(temp, "told"); // that of the one before may still be being deleted
        var process = launcher(edit, Tell.class, jvm).start(3, folder, Map.of("TOKEN", "secret"));
        try (var lines = process.inputReader(java.nio.charset.StandardCharsets.UTF_8)) {
            var all = lines.readAllLines();
            assertEquals(0, process.waitFor(), () -> String.join("\n", all));
            return all;
        }
    }

    @Test
    void a_worker_is_a_jvm_like_this_one() throws Exception {
        var told = told(c -> c, Given.jvmWithFlags(Map.of(), "-Dgiven=a b", "-Xmx8g", "-ea", "-XX:+UseG1GC"));
        var flags = told.getFirst();
        assertTrue(flags.contains("-Dgiven=a b, -ea,"), flags);
        assertTrue(flags.contains("-XX:+UseSerialGC"), flags);
        assertTrue(flags.contains("-XX:+ExitOnOutOfMemoryError"), flags);
        assertFalse(flags.contains("8g") || flags.contains("G1"), flags);
        assertTrue(told.containsAll(List.of("given a b", "user.dir " + Given.currentFolder(), "stdin -1",
                "TOKEN secret", "HOME " + System.getenv("HOME"), "temp exists true", "ümlaut")), told::toString);
    }

    @Test
    void its_archive_of_classes_is_mapped_where_it_was_made_for() throws Exception {
        var flags = told(c -> c, Given.jvmWithFlags(Map.of())).getFirst();
        assertTrue(flags.contains("-XX:+UnlockDiagnosticVMOptions, -XX:ArchiveRelocationMode=0"), flags);
    }

    @Test
    void nothing_is_looked_for_in_a_cache_that_has_no_profiles_but_in_one_of_the_users() throws Exception {
        var replays = "-XX:-AOTReplayTraining";
        assertTrue(told(c -> c, Given.jvmWithFlags(Map.of())).getFirst().contains(replays));
        var own = told(c -> c.withJvmArgs("-XX:AOTCache=none.aot"), Given.jvmWithFlags(Map.of())).getFirst();
        assertFalse(own.contains(replays), own);
    }

    @Test
    void the_users_flags_win() throws Exception {
        var told = told(c -> c.withJvmArgs("-XX:+UseG1GC", "-XX:MaxRAMPercentage=1", "-Dgiven=mine")
                .withExitOnOutOfMemory(false), Given.jvmWithFlags(Map.of(), "-Dgiven=theirs"));
        assertTrue(told.contains("given mine"), told::toString);
        assertFalse(told.getFirst().contains("Serial") || told.getFirst().contains("ExitOn")
                || told.getFirst().contains("-Xmx"), told::getFirst);
    }

    @Test
    void environment_and_folder_are_as_the_user_says() throws Exception {
        var folder = Files.createDirectory(temp.resolve("with space"));
        var told = told(c -> c.withCleanEnvironment().withEnvironment(Map.of("ADDED", "1", "TOKEN", "theirs"))
                .withWorkingDirectory(folder), Given.jvmWithFlags(Map.of()));
        assertTrue(told.containsAll(List.of("TOKEN secret", "HOME null", "ADDED 1", "user.dir " + folder)),
                told::toString);
    }

    @Test
    void a_prefix_starts_the_worker() throws Exception {
        var told = told(c -> c.withLaunchPrefix("env", "ADDED=by prefix"), Given.jvmWithFlags(Map.of()));
        assertTrue(told.contains("ADDED by prefix"), told::toString);
    }

    @Test
    void what_a_worker_leaves_is_deleted_but_the_report_of_a_crash() throws Exception {
        var process = launcher(c -> c, Crashing.class, Given.jvmWithFlags(Map.of())).start(0, temp, Map.of());
        assertEquals(134, process.waitFor());
        assertTrue(Files.exists(temp.resolve("hs_err_" + process.pid() + ".log")));
        // the deletion is registered before us, so it has run or is running
        var end = dev.mitosis.internal.Deadline.in(java.time.Duration.ofSeconds(10));
        while (left().size() > 1 && !end.isOver()) {
            Thread.onSpinWait();
        }
        assertEquals(List.of("hs_err_" + process.pid() + ".log"), left());
    }

    private List<String> left() throws IOException {
        try (var files = Files.list(temp)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void a_debugger_finds_each_worker_at_its_own_port() throws Exception {
        int port;
        try (var socket = new java.net.ServerSocket(0)) {
            port = socket.getLocalPort() - 2; // that of its seat
        }
        var process = launcher(c -> c.withDebug(port, true), Tell.class,
                Given.jvmWithFlags(Map.of(), "-agentlib:jdwp=transport=dt_socket,server=y,address=1"))
                .start(2, temp, Map.of());
        try (var lines = process.inputReader()) {
            assertEquals("Listening for transport dt_socket at address: " + (port + 2), lines.readLine());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_wrong_java_home_is_named_with_the_cure() {
        var launcher = launcher(c -> c.withJavaHome(temp), Tell.class, Given.jvmWithFlags(Map.of()));
        var message = assertThrows(IOException.class, () -> launcher.start(0, temp, Map.of())).getMessage();
        assertEquals("there is no Java to start a worker with: tried " + temp.resolve("bin/java")
                + ", as withJavaHome says; name the home of a JDK or runtime there", message);
    }

    @Test
    void a_java_that_is_too_old_is_refused() throws Exception {
        var java = Files.createFile(Files.createDirectory(temp.resolve("bin")).resolve("java"));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(temp.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");
        var launcher = launcher(c -> c.withJavaHome(temp), Tell.class, Given.jvmWithFlags(Map.of()));
        var message = assertThrows(IOException.class, () -> launcher.start(0, temp, Map.of())).getMessage();
        assertTrue(message.startsWith("the Java in " + temp + " is 17.0.9, but this JVM is "), message);
    }

    @Test
    void a_missing_prefix_is_named_and_nothing_is_left() throws Exception {
        var launcher = launcher(c -> c.withLaunchPrefix("no-such-command"), Tell.class, Given.jvmWithFlags(Map.of()));
        var message = assertThrows(IOException.class, () -> launcher.start(0, temp, Map.of())).getMessage();
        assertTrue(message.contains("no-such-command"), message);
        assertEquals(List.of(), left());
    }

    @Test
    void an_argument_file_among_the_flags_is_refused() {
        var message = assertThrows(IllegalArgumentException.class, () ->
                launcher(c -> c.withJvmArgs("@flags"), Tell.class, Given.jvmWithFlags(Map.of()))).getMessage();
        assertEquals("jvmArgs cannot name an argument file: @flags; name the flags in it", message);
    }

    @Test
    void f29_a_changed_class_path_is_seen() throws Exception {
        var jar = Files.writeString(temp.resolve("a.jar"), "one");
        var launcher = launcher(c -> c.withClassPath(jar), Tell.class, Given.jvmWithFlags(Map.of()));
        var fingerprint = launcher.fingerprint();
        assertFalse(launcher.notesChange());
        Files.writeString(jar, "two, longer");
        assertTrue(launcher.notesChange());
        assertNotEquals(fingerprint, launcher.fingerprint());
        assertFalse(launcher.notesChange(), "it was noted");
    }

    @Test
    void the_decisions_are_told() {
        var launcher = launcher(c -> c.withClassPath(Path.of("/extra.jar")), Tell.class,
                Given.jvmWithFlags(Map.of("JAVA_TOOL_OPTIONS", "-Xmx8g"), "-Xmx8g", "-ea"));
        var text = launcher.describe();
        assertTrue(text.contains("class path   /extra.jar (withClassPath)"), text);
        assertTrue(text.contains("dropped      -Xmx8g (a worker's heap has its own size)"), text);
        assertTrue(text.contains("unset        JAVA_TOOL_OPTIONS (-Xmx8g: a worker's heap has its own size)"), text);
        assertTrue(text.contains("heap         64 MiB"), text);
    }
}
