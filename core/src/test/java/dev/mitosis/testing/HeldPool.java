package dev.mitosis.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The process of a [PoolHolder], to be stopped, interrupted or killed by a test.
public final class HeldPool implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20); // two are promised; the machine may be busy

    private final Process process;
    private final BufferedReader output;

    private HeldPool(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /// Starts the program.
    ///
    /// @param doing the state to get into
    /// @param gate where its items wait
    /// @param prefix a command put before `java`
    /// @return the process, to be closed
    public static HeldPool start(PoolHolder.Doing doing, Gate gate, String... prefix) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(prefix));
        command.addAll(List.of(java, "-Xmx128m", "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                PoolHolder.class.getName(), doing.name(), gate.door().socket()));
        try {
            return new HeldPool(new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// {@return the program's process}
    public long pid() {
        return process.pid();
    }

    /// {@return the processes of its workers}
    public List<Long> workers() {
        return Processes.workersOf(pid());
    }

    /// Waits until it says that it is in its state.
    public void awaitReady() {
        try {
            for (String line = output.readLine(); !"ready".equals(line); line = output.readLine()) {
                assertTrue(line != null, "the program ended before it was ready");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// {@return what it, and its workers through it, print from now on until it ends}
    public List<String> rest() {
        return output.lines().toList();
    }

    /// {@return its exit status, once it has ended; 128 + n after signal n}
    /// @throws InterruptedException if this thread is interrupted
    public int exitStatus() throws InterruptedException {
        return process.waitFor();
    }

    /// Requires that no worker is left soon.
    public void assertNobodyIsLeft() {
        Eventually.holds(SOON,
                () -> workers().isEmpty(),
                () -> "left: " + workers().stream().map(Processes::describe).toList());
    }

    /// {@return the folders that it made for its pools, and that still exist}
    public List<String> folders() {
        return Stream.of("/dev/shm", System.getProperty("java.io.tmpdir"))
                .flatMap(parent -> Stream.of(Path.of(parent).toFile().list()))
                .filter(name -> name.startsWith("mitosis-" + pid() + "-"))
                .toList();
    }

    /// Kills it, if it is still there, and waits for its end.
    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
