package dev.mitosis.internal.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.testing.LeakCheck;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("process")
@ExtendWith(LeakCheck.class)
class MemoryWatchTest {
    private static final int ENDS = 100;

    @Test
    void a_process_that_ends_while_it_is_looked_at_has_no_size() throws Exception {
        for (int i = 0; i < ENDS; i++) {
            assertIsReadToItsEnd(new ProcessBuilder("true").start());
        }
    }

    private static void assertIsReadToItsEnd(Process process) throws IOException, InterruptedException {
        long size = 1;
        while (size > 0) { // a defect is an exception out of this loop, which would end the watch
            size = MemoryWatch.resident(process.pid());
        }
        assertEquals(0, process.waitFor());
        assertEquals(0, MemoryWatch.resident(process.pid()));
    }

    @Test
    void the_size_of_a_process_is_in_bytes() {
        long mine = MemoryWatch.resident(ProcessHandle.current().pid());

        assertTrue(mine > 20L << 20 && mine < 20L << 30, mine + " bytes");
    }
}
