package dev.mitosis.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mitosis.Pool;
import dev.mitosis.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// An item of more than 2 GiB in all.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F26HugePayloadProcessTest {
    private static final long NEEDED = 9L << 30;
    private static final int PIECE = 720_000_000;

    /// Three large arrays in one value.
    record Huge(byte[] first, byte[] second, byte[] third) {
        String check() {
            return first.length + " " + second.length + " " + third.length
                    + " " + first[PIECE - 1] + second[PIECE - 1] + third[PIECE - 1];
        }
    }

    /// The program, in a JVM with a large heap.
    static final class Program {
        private Program() {}

        public static void main(String[] args) {
            try (var pool = Pool.open(c -> c.withWorkers(1).withHeap("6g"))) {
                var piece = new byte[PIECE];
                piece[PIECE - 1] = 1;
                var huge = new Huge(piece, piece.clone(), piece.clone());
                String checked = pool.apply(item -> item.check(), huge);
                System.out.println(checked);
                System.out.println(pool.stats().bytesSent() > 3L * PIECE);
                System.out.println("the worker lives " + pool.apply(() -> 1));
            }
        }
    }

    private static long availableMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst().orElse(0);
    }

    @Test
    @Timeout(300) // a busy machine takes its time for so many bytes
    void f26_a_value_of_more_than_two_gibibytes_travels() throws Exception {
        assumeTrue(availableMemory() > NEEDED, "9 GiB of memory are needed");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx4g");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Program.class.getName());
        var program = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = program.inputReader()) {
            var lines = output.readAllLines();

            assertTrue(program.waitFor(60, TimeUnit.SECONDS));
            assertEquals("720000000 720000000 720000000 111\ntrue\nthe worker lives 1", String.join("\n", lines));
        } finally {
            program.destroyForcibly().waitFor();
        }
    }
}
