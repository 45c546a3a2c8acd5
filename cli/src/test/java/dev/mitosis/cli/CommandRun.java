package dev.mitosis.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A run of the command in a process of its own, as a shell would start it.
record CommandRun(int status, String out, String err) {
    private static final long LIMIT_SECONDS = 60;

    static CommandRun of(String input, String... args) throws Exception {
        return of(input.getBytes(StandardCharsets.UTF_8), args);
    }

    static CommandRun of(byte[] input, String... args) throws Exception {
        var process = start(args);
        try (var in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException e) {
            // It may end without reading: a bad expression does.
        }
        return end(process);
    }

    static Process start(String... args) throws IOException {
        return new ProcessBuilder(command(args)).start();
    }

    static CommandRun end(Process process) throws Exception {
        var out = CompletableFuture.supplyAsync(() -> all(process.getInputStream()));
        var err = CompletableFuture.supplyAsync(() -> all(process.getErrorStream()));
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("still running after " + LIMIT_SECONDS + " s: " + err.join());
        }
        Leftovers.none(process);
        return new CommandRun(process.exitValue(), out.join(), err.join());
    }

    /// {@return what all threads of a JVM are doing, as far as it says}
    static String stacks(Process process) throws Exception {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var dump = new ProcessBuilder(jcmd, Long.toString(process.pid()), "Thread.print")
                .redirectErrorStream(true).start();
        var text = CompletableFuture.supplyAsync(() -> all(dump.getInputStream()));
        if (!dump.waitFor(20, TimeUnit.SECONDS)) {
            dump.destroyForcibly();
        }
        return text.get(20, TimeUnit.SECONDS);
    }

    static List<String> command(String... args) {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto",
                "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(args));
        return command;
    }

    List<String> lines() {
        return out.lines().toList();
    }

    private static String all(java.io.InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
