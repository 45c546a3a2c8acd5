package dev.mitosis.internal.node;

import dev.mitosis.PoolConfig;
import dev.mitosis.RemoteRunnable;
import dev.mitosis.internal.codec.Functions;
import dev.mitosis.spi.Bytes;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the workers of a pool are made on each of its nodes, as it travels.
///
/// @param workers how many on a node
/// @param memory heap and limits of each, bytes, 0 for what is usual
/// @param maxTasks after how many items each is replaced
/// @param initializer runs first in each, or null
/// @param finalizer runs last in each, or null
/// @param launch how they are started
/// @param startTimeout within which one must be connected
/// @param exitOnOutOfMemory whether one without heap ends
/// @param nesting whether they may open pools of their own
public record NodeConfig(
        int workers, Memory memory, long maxTasks, @Nullable RemoteRunnable initializer,
        @Nullable RemoteRunnable finalizer, Launch launch, Duration startTimeout,
        boolean exitOnOutOfMemory, boolean nesting) implements Serializable {
    /// How much memory a worker may have, bytes; 0 for what is usual.
    ///
    /// @param heap its heap
    /// @param recycleAbove the resident size above which it is replaced
    /// @param limit the resident size above which it is killed
    public record Memory(long heap, long recycleAbove, long limit) implements Serializable {}

    /// How workers are started.
    ///
    /// @param jvmArgs their flags
    /// @param environment variables
    /// @param cleanEnvironment whether they have no others
    /// @param workingDirectory their folder, or empty for the engine's
    /// @param prefix what their command line begins with
    /// @param trustedPackages packages whose classes may be read
    public record Launch(
            List<String> jvmArgs, Map<String, String> environment, boolean cleanEnvironment,
            String workingDirectory, List<String> prefix, List<String> trustedPackages)
            implements Serializable {}

    /// Refuses what only makes sense on the driver's own machine.
    ///
    /// @param config what the user asked for
    /// @param workers how many workers a node has
    /// @return the same for a node
    /// @throws IllegalArgumentException if there is something else
    public static NodeConfig of(PoolConfig config, int workers) {
        if (config.debugPort() > 0) {
            throw new IllegalArgumentException("withDebug is not possible on a cluster: a debugger"
                    + " would have to find the node; use Backend.processes() for that");
        }
        if (config.javaHome() != null) {
            throw new IllegalArgumentException("withJavaHome names a folder of this machine; on a"
                    + " cluster the back-end's withNodeJavaHome names one of the nodes'");
        }
        var directory = config.workingDirectory();
        var launch = new Launch(config.jvmArgs(), config.environment(),
                config.cleanEnvironment(), directory == null ? "" : directory.toString(),
                config.launchPrefix(), config.trustedPackages());
        return new NodeConfig(workers,
                new Memory(config.heap(), config.recycleAbove(), config.memoryLimit()),
                config.maxTasksPerWorker(), config.initializer(), config.finalizer(), launch,
                config.startTimeout(), config.exitOnOutOfMemory(), config.nesting());
    }

    /// {@return the bytes that travel}
    ///
    /// @throws dev.mitosis.NotShippableException if the initializer or the finalizer cannot
    public byte[] toBytes() {
        return Functions.encode(this).toArray();
    }

    /// Reads a configuration; the initializer's class is loaded, but it does not run.
    ///
    /// @param bytes what [#toBytes] returned
    /// @return what to make workers of
    static PoolConfig read(byte[] bytes) {
        var config = (NodeConfig) Functions.decode(
                Bytes.of(bytes), ClassLoader.getSystemClassLoader());
        return config.toPoolConfig();
    }

    private PoolConfig toPoolConfig() {
        var all = PoolConfig.defaults().withWorkers(workers).withStartTimeout(startTimeout)
                .withJvmArgs(launch.jvmArgs().toArray(String[]::new))
                .withEnvironment(launch.environment())
                .withLaunchPrefix(launch.prefix().toArray(String[]::new))
                .withExitOnOutOfMemory(exitOnOutOfMemory).withNesting(nesting)
                .withTrustedPackages(launch.trustedPackages().toArray(String[]::new));
        all = launch.cleanEnvironment() ? all.withCleanEnvironment() : all;
        all = maxTasks == Long.MAX_VALUE ? all : all.withMaxTasksPerWorker(maxTasks);
        all = memory.heap() == 0 ? all : all.withHeap(memory.heap() + "");
        all = memory.recycleAbove() == 0 ? all : all.withRecycleAbove(memory.recycleAbove() + "");
        all = memory.limit() == 0 ? all : all.withMemoryLimit(memory.limit() + "");
        all = initializer == null ? all : all.withInitializer(initializer);
        all = finalizer == null ? all : all.withFinalizer(finalizer);
        return launch.workingDirectory().isEmpty() ? all
                : all.withWorkingDirectory(Path.of(launch.workingDirectory()));
    }
}
