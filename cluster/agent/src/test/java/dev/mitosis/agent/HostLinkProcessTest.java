package dev.mitosis.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The link to a host, on the Javas that engines still run on.
@Tag("process")
class HostLinkProcessTest {
    @Test
    void work_is_written_while_an_answer_is_awaited() throws Exception {
        assertEquals("10\n20\n30\n", output(Path.of(System.getProperty("java.home"))));
    }

    @Test
    void also_on_the_oldest_Java_that_an_engine_may_run_on() throws Exception {
        var all = javas17();
        assumeTrue(!all.isEmpty(), "there is no Java 17 here: say where by JAVA17_HOME");
        assertEquals("10\n20\n30\n", output(all.get(0)));
    }

    private static List<Path> javas17() throws IOException {
        var candidates = new ArrayList<Path>();
        var named = System.getenv("JAVA17_HOME");
        if (named != null) {
            candidates.add(Path.of(named));
        }
        var usual = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(usual)) {
            try (var all = Files.newDirectoryStream(usual)) {
                all.forEach(candidates::add);
            }
        }
        var found = new ArrayList<Path>();
        for (var home : candidates) {
            var release = home.resolve("release");
            if (Files.isRegularFile(release) && Files.readString(release).contains("JAVA_VERSION=\"17")) {
                found.add(home);
            }
        }
        return found;
    }

    private static String output(Path home) throws IOException, InterruptedException {
        var process = new ProcessBuilder(home.resolve("bin/java").toString(), "-cp",
                "target/classes:target/test-classes", BothEnds.class.getName()).redirectErrorStream(true).start();
        try {
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it hangs");
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }
}
