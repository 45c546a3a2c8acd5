package dev.mitosis.internal.supervise;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StraysTest {
    private static final LinkServer.Start START = new LinkServer.Start(0, 1);

    private static boolean isKernels(ProcessHandle process) {
        try {
            Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "exe"));
            return false;
        } catch (NoSuchFileException e) {
            return process.isAlive();
        } catch (IOException e) {
            return false;
        }
    }

    private static List<ProcessHandle> kernels() {
        return ProcessHandle.allProcesses().filter(StraysTest::isKernels).toList();
    }

    @Test
    void what_has_no_program_or_another_parent_is_looked_at_once() {
        assumeTrue(Files.exists(Path.of("/proc/self/environ")));
        var kernels = kernels();
        var strays = new Strays("a cookie that nobody has");
        strays.kill(START);

        var parent = ProcessHandle.current().parent().orElseThrow();
        assertTrue(strays.isStranger(parent.pid()));
        assertFalse(strays.isStranger(ProcessHandle.current().pid()), "nobody looks at itself");
        assumeFalse(kernels.isEmpty(), "a container has none");
        for (var process : kernels) {
            assertTrue(!process.isAlive() || strays.isStranger(process.pid()), process::toString);
        }
    }

    @Test
    void whoever_was_looked_at_is_looked_at_again_when_nobody_is_trusted() {
        assumeTrue(Files.exists(Path.of("/proc/self/environ")));
        var strays = new Strays("a cookie that nobody has");
        strays.kill(START);
        strays.trustNobody();

        var parent = ProcessHandle.current().parent().orElseThrow();
        assertFalse(strays.isStranger(parent.pid()));
    }
}
