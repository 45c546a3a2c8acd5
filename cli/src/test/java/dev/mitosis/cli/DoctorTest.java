package dev.mitosis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.internal.launch.Machine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorTest {
    private static final long GIB = 1L << 30;

    @Test
    void it_names_what_a_pool_sees_line_by_line() {
        var out = new StringWriter();
        assertEquals(0, Main.commandLine().setOut(new PrintWriter(out)).execute("doctor"));
        for (var word : List.of("mitosis", "processors", "memory", "limit", "/dev/shm", "JDK", "workers")) {
            assertTrue(out.toString().lines().anyMatch(line -> line.startsWith(word)), word + " in " + out);
        }
    }

    @Test
    void a_cache_that_cannot_be_built_is_told() {
        var out = new StringWriter();
        // switched off for all tests
        assertEquals(1, Main.commandLine().setOut(new PrintWriter(out)).execute("doctor", "--warm"));
        assertTrue(out.toString().endsWith("start cache  none: it cannot be built here\n"), out.toString());
    }

    @Test
    void nothing_is_weaker_on_a_roomy_linux() {
        assertEquals(List.of(), weaknesses("Linux", 4, 16 * GIB, 8 * GIB));
    }

    @Test
    void small_shared_memory_is_told_with_the_cure() {
        assertEquals(List.of("/dev/shm has 32 of the 64 MiB that a pool wants: workers are linked by files in"
                + " the temp folder (docker run --shm-size=1g gives more)"),
                weaknesses("Linux", 4, 16 * GIB, GIB / 32));
    }

    @Test
    void memory_that_carries_fewer_workers_than_cores_is_told() {
        assertEquals(List.of("memory carries 3 workers, fewer than the 8 processors:"
                + " --heap and --workers choose otherwise"), weaknesses("Linux", 8, GIB, GIB));
    }

    @Test
    void other_systems_are_told_what_they_lack() {
        assertEquals(3, weaknesses("Mac OS X", 4, 16 * GIB, 0).size());
    }

    private static List<String> weaknesses(String system, int processors, long memory, long shared) {
        var sharedMemory = new Machine.SharedMemory(Path.of("/dev/shm"), shared, shared, false);
        var machine = new Machine(processors, memory, null, sharedMemory, Path.of("/tmp"), true);
        return new Weaknesses(machine, system).list();
    }
}
