package dev.mitosis.cluster.ignite;

import dev.mitosis.agent.ignite.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A JVM of its own with a [Member] of an Ignite cluster. It ends with the JVM that started it, however that ends.
final class MemberProcess implements AutoCloseable {
    private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
            "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path errors;
    private final CompletableFuture<String> node = new CompletableFuture<>();

    private MemberProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /// Starts a member; does not wait until it has joined.
    ///
    /// @param port of its discovery
    /// @param members where it looks for others
    /// @param slots how many frames it handles at once
    /// @param folder where Ignite may write
    static MemberProcess start(int port, String members, int slots, Path folder) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Member.class.getName(),
                "slots=" + slots, "ports=" + port, "members=" + members, "work=" + folder, "stdin=watch"));
        var errors = folder.resolve("errors-" + port);
        var builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put("MITOSIS_JAVA_HOME", System.getProperty("java.home"));
        var member = new MemberProcess(builder.start(), errors);
        Thread.ofVirtual().name("member-output").start(member::read);
        return member;
    }

    private void read() {
        try (var lines = process.inputReader()) {
            for (String line; (line = lines.readLine()) != null; ) {
                if (line.startsWith("ready ")) {
                    node.complete(line.substring("ready ".length()));
                }
            }
            node.completeExceptionally(new IOException("it ended"));
        } catch (IOException e) {
            node.completeExceptionally(e);
        }
    }

    /// {@return its name in the cluster; waits until it has joined}
    String node() {
        try {
            return node.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a member does not join; it printed: " + errors(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Kills it with a real `kill -9`.
    void kill9() {
        process.destroyForcibly();
    }

    /// Has it leave the cluster and end.
    void leave() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until it has ended.
    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("a member does not end; it printed: " + errors());
        }
    }

    @Override
    public void close() {
        leave();
        try {
            awaitEnd();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
