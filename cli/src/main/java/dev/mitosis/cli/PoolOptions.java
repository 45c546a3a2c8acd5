package dev.mitosis.cli;

import dev.mitosis.CallOptions;
import dev.mitosis.OnError;
import dev.mitosis.Pool;
import dev.mitosis.PoolConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// The options that say how workers are made and items are run.
final class PoolOptions {
    // The launcher starts this JVM with the quick compiler alone; workers live for their speed.
    private static final String ALL_COMPILERS = "-XX:TieredStopAtLevel=4";

    @Option(
            names = {"-w", "--workers"},
            paramLabel = "N",
            description = "how many worker processes (default: what cores and memory carry)")
    private @Nullable Integer workers;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            description = "a worker's maximum heap, such as 512m (default: a fair slice)")
    private @Nullable String heap;

    @Option(
            names = {"-cp", "--class-path"},
            paramLabel = "PATH",
            description = "jars and directories with classes of your own, as java takes them")
    private List<String> classPath = List.of();

    @Option(
            names = "--chunk-size",
            paramLabel = "N",
            description = "at most N items travel together (default: adaptive)")
    private @Nullable Integer chunkSize;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "an item that runs longer fails; such as 500ms, 10s, 2m")
    private @Nullable Duration timeout;

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "try a failed item up to N times more (default: 0)")
    private int retries;

    @Option(
            names = "--fail-fast",
            description = "end at the first failure, the one with the lowest number")
    private boolean failFast;

    @ArgGroup(exclusive = false)
    private @Nullable ClusterOptions cluster;

    List<Path> classPath() {
        return ClassPath.of(classPath);
    }

    Pool open() {
        return Pool.open(this::config);
    }

    private PoolConfig config(PoolConfig config) {
        var edited = config
                .withClassPath(classPath().toArray(Path[]::new))
                .withJvmArgs(ALL_COMPILERS)
                .withOutput(PoolOptions::printed);
        edited = workers == null ? edited : edited.withWorkers(workers);
        edited = heap == null ? edited : edited.withHeap(heap);
        return cluster == null ? edited : cluster.config(edited);
    }

    /// Never to standard output: that is for results alone.
    private static void printed(int worker, boolean error, String line) {
        System.err.println("[worker " + worker + "] " + line);
    }

    /// Which worker it was is known on its node alone.
    private static void printedAfar(long index, int attempt, String text) {
        text.lines().forEach(line -> System.err.println("[item " + index + "] " + line));
    }

    CallOptions call(CallOptions options) {
        var edited = options.withRetries(retries);
        edited = chunkSize == null ? edited : edited.withChunkSize(chunkSize);
        edited = cluster == null ? edited : edited.withItemOutput(PoolOptions::printedAfar);
        edited = timeout == null ? edited : edited.withTimeout(timeout);
        return failFast ? edited.withOnError(OnError.failFast()) : edited;
    }
}
