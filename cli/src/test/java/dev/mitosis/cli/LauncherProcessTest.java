package dev.mitosis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script `./mitosis`, in a tree of its own with a Maven and JDKs that only say they were called.
@Tag("process")
class LauncherProcessTest {
    private static final Path SCRIPT = Path.of("..", "mitosis").toAbsolutePath().normalize();
    private static final String SAY_ARGUMENTS = "#!/bin/sh\nfor last in \"$@\"; do :; done\necho \"$0: $last\"\n";
    private static final String BUILD = """
            #!/bin/sh
            echo "$JAVA_HOME $*" >> "$HOME/builds"
            mkdir -p "$HOME/tree/cli/target/launch/lib"
            : > "$HOME/tree/cli/target/launch/mitosis.jar"
            """;

    @TempDir
    private Path home;
    private Path tree;

    @BeforeEach
    void copy() throws IOException {
        tree = home.resolve("tree");
        Files.createDirectories(tree.resolve("core/src/main/java"));
        Files.createDirectories(tree.resolve("cli/src/main/java"));
        Files.createDirectories(home.resolve("bin"));
        executable(tree.resolve("mitosis"), Files.readString(SCRIPT));
        executable(home.resolve("bin/mvn"), BUILD);
    }

    @Test
    void the_first_use_builds_and_later_uses_do_not() throws Exception {
        var jdk = jdk("jdk", "25.0.3");
        var first = run(Map.of("MITOSIS_JAVA_HOME", jdk.toString()), "hello");
        assertEquals("Building Mitosis (first use) ...\n", first.err());
        assertEquals(jdk + "/bin/java: hello\n", first.out());
        var second = run(Map.of("MITOSIS_JAVA_HOME", jdk.toString()), "again");
        assertEquals(new CommandRun(0, jdk + "/bin/java: again\n", ""), second);
        assertEquals(List.of(jdk + " -q -B -f " + tree.toRealPath() + "/cli/pom.xml -Dlaunch package"),
                Files.readAllLines(home.resolve("builds")));
    }

    @Test
    void a_newer_source_is_built_in() throws Exception {
        var jdk = Map.of("MITOSIS_JAVA_HOME", jdk("jdk", "25").toString());
        run(jdk, "x");
        var source = Files.writeString(tree.resolve("core/src/main/java/New.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertEquals("Building Mitosis (sources have changed) ...\n", run(jdk, "x").err());
    }

    @Test
    void a_failed_build_shows_what_maven_said() throws Exception {
        executable(home.resolve("bin/mvn"), "#!/bin/sh\necho no network\nexit 1\n");
        var run = run(Map.of("MITOSIS_JAVA_HOME", jdk("jdk", "25").toString()), "x");
        assertEquals("Building Mitosis (first use) ...\nno network\nmitosis: the build failed, see above.\n",
                run.err());
        assertEquals(2, run.status());
    }

    @Test
    void a_jdk_that_is_asked_for_by_name_must_be_new_enough() throws Exception {
        var old = jdk("old", "21.0.2");
        var run = run(Map.of("MITOSIS_JAVA_HOME", old.toString()), "x");
        assertEquals("mitosis: MITOSIS_JAVA_HOME is " + old + ", which is not a JDK 25 or newer.\n", run.err());
        assertEquals(2, run.status());
    }

    @Test
    void java_home_is_taken_if_it_is_new_enough() throws Exception {
        var jdk = jdk("new", "26-ea");
        assertEquals(jdk + "/bin/java: x\n", run(Map.of("JAVA_HOME", jdk.toString()), "x").out());
        var old = jdk("old", "17.0.1");
        assertFalse(run(Map.of("JAVA_HOME", old.toString()), "--version").out().contains(old.toString()));
    }

    @Test
    void a_jre_is_not_enough() throws Exception {
        var jre = jdk("jre", "25");
        Files.delete(jre.resolve("bin/javac"));
        assertEquals(2, run(Map.of("MITOSIS_JAVA_HOME", jre.toString()), "x").status());
    }

    @Test
    void it_may_be_called_by_a_link() throws Exception {
        var link = Files.createSymbolicLink(home.resolve("bin/m"), Path.of("../tree/mitosis"));
        var jdk = jdk("jdk", "25");
        var run = start(link.toString(), Map.of("MITOSIS_JAVA_HOME", jdk.toString()), "by link");
        assertEquals(jdk + "/bin/java: by link\n", run.out());
    }

    @Test
    void its_status_is_that_of_the_command() throws Exception {
        var jdk = jdk("jdk", "25");
        executable(jdk.resolve("bin/java"), "#!/bin/sh\nexit 7\n");
        assertEquals(7, run(Map.of("MITOSIS_JAVA_HOME", jdk.toString()), "x").status());
    }

    @Test
    void a_signal_reaches_the_command_for_there_is_no_shell_between() throws Exception {
        var jdk = jdk("jdk", "25");
        run(Map.of("MITOSIS_JAVA_HOME", jdk.toString()), "build");
        executable(jdk.resolve("bin/java"), "#!/bin/sh\necho $$\n");
        var builder = new ProcessBuilder(tree.resolve("mitosis").toString());
        builder.environment().put("MITOSIS_JAVA_HOME", jdk.toString());
        var process = builder.start();
        assertEquals(process.pid() + "\n", CommandRun.end(process).out());
    }

    @Test
    void a_cluster_needs_a_spark_here() throws Exception {
        var jdk = jdk("jdk", "25").toString();
        var run = run(Map.of("MITOSIS_JAVA_HOME", jdk, "MITOSIS_REBUILD", "no"), "--cluster=spark://h:1");
        assertTrue(run.err().endsWith("mitosis: --cluster needs Spark, of the cluster's own version: set SPARK_HOME"
                + " to the folder that has its jars in jars/.\n"), run.err());
        assertEquals(2, run.status());

        run = run(Map.of("MITOSIS_JAVA_HOME", jdk, "SPARK_HOME", "/no/such"), "--cluster=spark://h:1");
        assertEquals("mitosis: SPARK_HOME is /no/such, where there is no jars/spark-core_2.13-*.jar: it must name"
                + " a Spark for Scala 2.13.\n", run.err());
        assertEquals(2, run.status());
    }

    @Test
    void what_speaks_to_clusters_is_built_once_for_each_version_of_spark() throws Exception {
        var jdk = jdk("jdk", "25");
        executable(jdk.resolve("bin/java"), "#!/bin/sh\necho \"$@\"\n");
        executable(jdk.resolve("bin/jar"), "#!/bin/sh\n: > \"$3\"\n");
        Files.createDirectories(tree.resolve("cluster/command/src/main/resources"));
        var spark = home.resolve("spark");
        Files.createDirectories(spark.resolve("jars"));
        Files.createFile(spark.resolve("jars/spark-core_2.13-4.2.0.jar"));
        var environment = Map.of("MITOSIS_JAVA_HOME", jdk.toString(), "SPARK_HOME", spark.toString());

        run(environment, "without");
        assertFalse(run(environment, "without").out().contains("cluster"));
        var first = run(environment, "--cluster=spark://h:1");
        assertEquals("Building Mitosis for spark-core_2.13-4.2.0.jar ...\n", first.err());
        assertTrue(first.out().contains("-Dmitosis.cluster.jar=" + tree.toRealPath()
                + "/cli/target/launch/cluster/mitosis-cluster-2.13-4.2.0.jar -cp "), first.out());
        assertFalse(first.out().contains(spark.toString()), "nodes would be sent what they have");
        assertEquals("", run(environment, "--cluster=spark://h:1").err());
    }

    private CommandRun run(Map<String, String> environment, String argument) throws Exception {
        return start(tree.resolve("mitosis").toString(), environment, argument);
    }

    private CommandRun start(String script, Map<String, String> environment, String argument) throws Exception {
        var builder = new ProcessBuilder(script, argument);
        builder.environment().keySet().removeIf(name -> name.contains("JAVA") || name.contains("SPARK"));
        builder.environment().putAll(environment);
        builder.environment().put("HOME", home.toString());
        builder.environment().merge("PATH", home.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        return CommandRun.end(builder.start());
    }

    private Path jdk(String name, String version) throws IOException {
        var jdk = home.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(jdk.resolve("bin/java"), SAY_ARGUMENTS);
        executable(jdk.resolve("bin/javac"), SAY_ARGUMENTS);
        return jdk;
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertTrue(Files.isExecutable(file));
    }
}
