package dev.mitosis;

import java.io.ObjectInputFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How a pool's workers are made: immutable, edited by withers inside [Pool#open].
///
/// ```java
/// Pool.open(c -> c.withWorkers(4).withHeap("512m"))
/// ```
/// A bad value is refused by name when it is set.
public final class PoolConfig implements Cloneable {
    // fields change only inside edit, before anyone else has seen the copy
    private int workers;
    private long heap;
    private long maxTasksPerWorker = Long.MAX_VALUE;
    private long recycleAbove;
    private long memoryLimit;
    private @Nullable RemoteRunnable initializer;
    private @Nullable RemoteRunnable finalizer;
    private List<String> jvmArgs = List.of();
    private Map<String, String> environment = Map.of();
    private boolean cleanEnvironment;
    private @Nullable Path workingDirectory;
    private @Nullable Path javaHome;
    private List<Path> classPath = List.of();
    private List<String> launchPrefix = List.of();
    private int debugPort;
    private boolean debugSuspend;
    private Backend backend = Backend.processes();
    private Duration startTimeout = Duration.ofSeconds(30);
    private @Nullable Duration closeTimeout;
    private boolean exitOnOutOfMemory = true;
    private List<String> trustedPackages = List.of();
    private @Nullable ObjectInputFilter resultFilter;
    private Output output = Output.forward();
    private boolean nesting;

    PoolConfig() {}

    /// {@return what pools and children are made of if nobody says otherwise}
    public static PoolConfig defaults() {
        return new PoolConfig();
    }

    private PoolConfig edit(Consumer<PoolConfig> change) {
        try {
            var copy = (PoolConfig) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /// Returns a copy with so many workers; by default as many as cores and memory carry.
    ///
    /// @param workers how many worker processes
    /// @return the copy
    public PoolConfig withWorkers(int workers) {
        Settings.requireAtLeastOne("workers", workers);
        return edit(c -> c.workers = workers);
    }

    /// Returns a copy with this maximum heap for each worker; by default a fair slice of memory.
    ///
    /// @param heap a size such as `512m`
    /// @return the copy
    public PoolConfig withHeap(String heap) {
        long bytes = Settings.size("heap", heap);
        return edit(c -> c.heap = bytes);
    }

    /// Returns a copy whose workers are replaced after so many items; by default never.
    ///
    /// The next worker is started about a second before it is needed, so that there is no gap.
    ///
    /// @param items how many items, not batches
    /// @return the copy
    public PoolConfig withMaxTasksPerWorker(long items) {
        Settings.requireAtLeastOne("maxTasksPerWorker", items);
        return edit(c -> c.maxTasksPerWorker = items);
    }

    /// Returns a copy whose workers are replaced after their task once they are above this resident
    /// size, native memory included: a planned exit, and not a death. Looked at every 20 ms. Needs
    /// `/proc`; the back-ends within this JVM refuse it.
    ///
    /// @param size a size such as `1g`
    /// @return the copy
    public PoolConfig withRecycleAbove(String size) {
        long bytes = Settings.size("recycleAbove", size);
        return edit(c -> c.recycleAbove = bytes);
    }

    /// Returns a copy whose workers are killed when they grow above this resident size, native
    /// memory included: the item that runs has died then. Looked at every 20 ms. Needs `/proc`; the
    /// back-ends within this JVM refuse it.
    ///
    /// @param size a size such as `2g`
    /// @return the copy
    public PoolConfig withMemoryLimit(String size) {
        long bytes = Settings.size("memoryLimit", size);
        return edit(c -> c.memoryLimit = bytes);
    }

    /// Returns a copy whose workers run this before their first item.
    ///
    /// @param initializer runs once in each process; if it throws, the worker does not start
    /// @return the copy
    public PoolConfig withInitializer(RemoteRunnable initializer) {
        Objects.requireNonNull(initializer, "initializer");
        return edit(c -> c.initializer = initializer);
    }

    /// Returns a copy whose workers run this when they leave in order, within ten seconds.
    ///
    /// @param finalizer runs once in each process
    /// @return the copy
    public PoolConfig withFinalizer(RemoteRunnable finalizer) {
        Objects.requireNonNull(finalizer, "finalizer");
        return edit(c -> c.finalizer = finalizer);
    }

    /// Returns a copy whose workers get these flags after those copied from this JVM.
    ///
    /// @param args flags of `java`
    /// @return the copy
    public PoolConfig withJvmArgs(String... args) {
        var all = List.of(args);
        return edit(c -> c.jvmArgs = all);
    }

    /// Returns a copy whose workers get these variables on top of the others.
    ///
    /// @param variables names and values
    /// @return the copy
    public PoolConfig withEnvironment(Map<String, String> variables) {
        var all = Map.copyOf(variables);
        return edit(c -> c.environment = all);
    }

    /// Returns a copy whose workers do not inherit the environment of this JVM.
    ///
    /// @return the copy
    public PoolConfig withCleanEnvironment() {
        return edit(c -> c.cleanEnvironment = true);
    }

    /// Returns a copy whose workers run in this directory; by default that of this JVM.
    ///
    /// @param directory an existing directory
    /// @return the copy
    public PoolConfig withWorkingDirectory(Path directory) {
        var absolute = directory.toAbsolutePath();
        return edit(c -> c.workingDirectory = absolute);
    }

    /// Returns a copy whose workers run on this JDK; by default that of this JVM.
    ///
    /// @param home the home of a JDK or runtime image
    /// @return the copy
    public PoolConfig withJavaHome(Path home) {
        var absolute = home.toAbsolutePath();
        return edit(c -> c.javaHome = absolute);
    }

    /// Returns a copy whose workers get these entries after those copied from this JVM.
    ///
    /// @param entries jars and directories
    /// @return the copy
    public PoolConfig withClassPath(Path... entries) {
        var all = java.util.Arrays.stream(entries).map(Path::toAbsolutePath).toList();
        return edit(c -> c.classPath = all);
    }

    /// Returns a copy whose workers are started by this command, put before `java`.
    ///
    /// @param command such as `nice` or `taskset -c 1`, a word each
    /// @return the copy
    public PoolConfig withLaunchPrefix(String... command) {
        var all = List.of(command);
        return edit(c -> c.launchPrefix = all);
    }

    /// Returns a copy that runs on another back-end; by default [Backend#processes()].
    ///
    /// @param backend the back-end
    /// @return the copy
    public PoolConfig withBackend(Backend backend) {
        Objects.requireNonNull(backend, "backend");
        return edit(c -> c.backend = backend);
    }

    /// Returns a copy that gives a worker this long to start; by default 30 seconds.
    ///
    /// @param timeout how long
    /// @return the copy
    public PoolConfig withStartTimeout(Duration timeout) {
        Settings.requirePositive("startTimeout", timeout);
        return edit(c -> c.startTimeout = timeout);
    }

    /// Returns a copy whose [Pool#close()] terminates after this long; by default it waits without
    /// limit.
    ///
    /// @param timeout how long
    /// @return the copy
    public PoolConfig withCloseTimeout(Duration timeout) {
        Settings.requirePositive("closeTimeout", timeout);
        return edit(c -> c.closeTimeout = timeout);
    }

    /// Returns a copy that says whether a full heap ends the worker even if the task catches the
    /// error; by default it does.
    ///
    /// @param exit whether it ends
    /// @return the copy
    public PoolConfig withExitOnOutOfMemory(boolean exit) {
        return edit(c -> c.exitOnOutOfMemory = exit);
    }

    /// Returns a copy that reads results of classes from these packages only, besides those of the
    /// JDK.
    ///
    /// @param packages package names; subpackages are included
    /// @return the copy
    public PoolConfig withTrustedPackages(String... packages) {
        var all = List.of(packages);
        return edit(c -> c.trustedPackages = all);
    }

    /// Returns a copy that reads results through this filter instead of its own.
    ///
    /// @param filter the filter
    /// @return the copy
    public PoolConfig withResultFilter(ObjectInputFilter filter) {
        Objects.requireNonNull(filter, "filter");
        return edit(c -> c.resultFilter = filter);
    }

    /// Returns a copy whose workers print there; by default to this JVM's own output, tagged.
    ///
    /// @param output takes the lines
    /// @return the copy
    public PoolConfig withOutput(Output output) {
        Objects.requireNonNull(output, "output");
        return edit(c -> c.output = output);
    }

    /// Returns a copy whose workers may open pools of processes of their own, two levels deep.
    ///
    /// @param nesting whether they may; by default they get the inline back-end
    /// @return the copy
    public PoolConfig withNesting(boolean nesting) {
        return edit(c -> c.nesting = nesting);
    }

    /// Returns a copy whose workers listen for a debugger; time-outs are off while they do.
    ///
    /// @param firstPort worker n listens on this port plus n
    /// @param suspend whether a worker waits for the debugger before it starts
    /// @return the copy
    public PoolConfig withDebug(int firstPort, boolean suspend) {
        if (firstPort < 1 || firstPort > 65_000) {
            throw new IllegalArgumentException(
                    "firstPort must be from 1 to 65000, got " + firstPort);
        }
        return edit(c -> {
            c.debugPort = firstPort;
            c.debugSuspend = suspend;
        });
    }

    /// {@return how many workers, or 0 for as many as the machine carries}
    public int workers() {
        return workers;
    }

    /// {@return the maximum heap of a worker in bytes, or 0 for a fair slice}
    public long heap() {
        return heap;
    }

    /// {@return after how many items a worker is replaced}
    public long maxTasksPerWorker() {
        return maxTasksPerWorker;
    }

    /// {@return the resident size in bytes above which a worker is replaced, or 0}
    public long recycleAbove() {
        return recycleAbove;
    }

    /// {@return the resident size in bytes above which a worker is killed, or 0}
    public long memoryLimit() {
        return memoryLimit;
    }

    /// {@return what a worker runs first}
    public @Nullable RemoteRunnable initializer() {
        return initializer;
    }

    /// {@return what a worker runs last}
    public @Nullable RemoteRunnable finalizer() {
        return finalizer;
    }

    /// {@return the flags added}
    public List<String> jvmArgs() {
        return jvmArgs;
    }

    /// {@return the variables added}
    public Map<String, String> environment() {
        return environment;
    }

    /// {@return whether nothing is inherited}
    public boolean cleanEnvironment() {
        return cleanEnvironment;
    }

    /// {@return where workers run, or null for where this JVM runs}
    public @Nullable Path workingDirectory() {
        return workingDirectory;
    }

    /// {@return the JDK of the workers, or null for that of this JVM}
    public @Nullable Path javaHome() {
        return javaHome;
    }

    /// {@return the class-path entries added}
    public List<Path> classPath() {
        return classPath;
    }

    /// {@return the command put before `java`}
    public List<String> launchPrefix() {
        return launchPrefix;
    }

    /// {@return the first port for debuggers, or 0}
    public int debugPort() {
        return debugPort;
    }

    /// {@return whether workers wait for the debugger}
    public boolean debugSuspend() {
        return debugSuspend;
    }

    /// {@return the back-end}
    public Backend backend() {
        return backend;
    }

    /// {@return how long a worker may take to start}
    public Duration startTimeout() {
        return startTimeout;
    }

    /// {@return how long closing may take, or null for no limit}
    public @Nullable Duration closeTimeout() {
        return closeTimeout;
    }

    /// {@return whether a full heap ends the worker}
    public boolean exitOnOutOfMemory() {
        return exitOnOutOfMemory;
    }

    /// {@return the packages results may come from, or empty for all}
    public List<String> trustedPackages() {
        return trustedPackages;
    }

    /// {@return the filter for results, or null for the default}
    public @Nullable ObjectInputFilter resultFilter() {
        return resultFilter;
    }

    /// {@return where workers print}
    public Output output() {
        return output;
    }

    /// {@return whether workers may open pools of processes}
    public boolean nesting() {
        return nesting;
    }
}
