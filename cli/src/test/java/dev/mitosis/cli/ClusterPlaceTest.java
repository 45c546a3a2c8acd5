package dev.mitosis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.PoolConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterPlaceTest {
    private static final Path JAR = Path.of("/mitosis-cluster.jar");

    @TempDir
    private Path spark;

    @Test
    void it_takes_a_spark_to_speak_to_clusters() {
        assertEquals("--cluster needs Spark, of the cluster's own version: set SPARK_HOME to the folder that has its"
                + " jars in jars/.", refused(""));
        assertEquals("cannot list " + spark + "/jars for the class path.", refused(spark.toString()));
    }

    private static String refused(String home) {
        return String.valueOf(assertThrows(Complaint.class, () -> new ClusterPlace(JAR, home).load()).getMessage());
    }

    @Test
    void nodes_are_sent_what_runs_there_behind_what_the_user_adds() {
        var config = PoolConfig.defaults().withClassPath(Path.of("/user.jar"));
        assertEquals(List.of(Path.of("/user.jar"), JAR), new ClusterPlace(JAR, "").shipped(config).classPath());
        assertSame(config, new ClusterPlace(null, "").shipped(config));
    }

    @Test
    void settings_come_from_where_sparks_own_commands_have_them() throws Exception {
        var place = new ClusterPlace(JAR, spark.toString());
        assertEquals(Map.of(), place.defaults(null));
        Files.createDirectories(spark.resolve("conf"));
        Files.writeString(spark.resolve("conf/spark-defaults.conf"), """
                # a comment
                spark.master            spark://elsewhere:7077
                spark.authenticate      true\s\s
                spark.cores.max=4
                other.thing             1
                """);
        assertEquals(Map.of("spark.authenticate", "true", "spark.cores.max", "4"), place.defaults(null));
        assertEquals(Map.of(), place.defaults(spark.toString()));
    }
}
