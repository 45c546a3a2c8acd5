package dev.mitosis.cluster.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.cli.Main;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command with Spark beside it; on a whole cluster it is run by hand, see `cluster/spark/standalone`.
@Tag("process")
class SparkClustersProcessTest {
    private static final long SECONDS = 60;

    @TempDir
    private Path folder;

    @Test
    void a_master_that_nobody_is_ends_the_command_with_a_sentence() throws Exception {
        assertEquals("mitosis: no Spark master listens at spark://127.0.0.1:1 (127.0.0.1: Connection refused). Is it"
                + " running, on that port, and does a firewall let it through?\n", said("spark://127.0.0.1:1"));
    }

    @Test
    void a_cluster_where_nobody_proves_who_he_is_must_be_asked_for() throws Exception {
        var refused = said("spark://192.0.2.1:7077");
        assertTrue(refused.startsWith("mitosis: the cluster spark://192.0.2.1:7077 can be reached by"), refused);
        assertTrue(refused.endsWith("say --insecure-cluster\n"), refused);
    }

    @Test
    void threads_of_the_command_are_no_cluster() throws Exception {
        var refused = said("local[2]");
        assertTrue(refused.contains("leave out --cluster for workers on this machine"), refused);
    }

    /// {@return what the command says on standard error; it says nothing else, and fails}
    private String said(String master) throws Exception {
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        var builder = new ProcessBuilder(command("map", "n -> n", "--range", "0:3", "--cluster", master))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().remove("SPARK_HOME");
        var process = builder.start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + SECONDS + " s: " + Files.readString(err));
        }
        assertEquals("", Files.readString(out));
        assertEquals(2, process.exitValue());
        return Files.readString(err, StandardCharsets.UTF_8);
    }

    private static List<String> command(String... args) {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(args));
        return command;
    }
}
