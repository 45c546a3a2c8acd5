package dev.mitosis.internal.launch;

import dev.mitosis.PoolConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How to start a JVM like this one: decided once for a pool, then done for each worker.
///
/// Class path, module path and flags are this JVM's, made absolute, without what breaks a child
/// (see [CopiedFlags]); they go through an argument file. The user's main class is never run. Safe
/// for use by many threads.
public final class JvmLauncher implements AutoCloseable {
    /// The main of a pool's workers.
    public static final String WORKER = "dev.mitosis.internal.worker.WorkerMain";

    /// The main of a process of one function.
    public static final String CHILD = "dev.mitosis.internal.worker.ChildMain";

    // A program that ends before that is not worth the work.
    private static final Duration BEFORE_CACHING = Duration.ofSeconds(10);
    private static final Pattern NEEDED = Pattern.compile("LANG|LC_.*|(?i:SystemRoot)");

    private final PoolConfig config;
    private final String main;
    private final JavaHome javaHome;
    private final Places places;
    private final CopiedFlags copied;
    private final OptionVariables variables;
    private final WorkerFlags own;
    private final List<Path> watched;
    private final @Nullable StartCache cache;
    private final @Nullable StartCacheBuild build;
    // written and read under the lock of this
    private @Nullable Fingerprint before;
    // makes names; any thread
    private final AtomicInteger started = new AtomicInteger();

    private JvmLauncher(PoolConfig config, long heap, ThisJvm jvm, String main) {
        this.config = config;
        this.main = main;
        var jar = MainJar.of(jvm);
        javaHome = JavaHome.of(config.javaHome());
        places = Places.of(jvm, config.classPath());
        variables = OptionVariables.of(inherited(jvm), jvm.flags());
        copied = CopiedFlags.of(plus(places.needed(variables.flags()), jar.flags()));
        own = new WorkerFlags(config, heap, Machine.here().memoryLimit());
        watched = plus(plus(List.copyOf(places.classPath().keySet()), places.modulePath()),
                plus(jar.entries(), List.of(javaHome.home().resolve("lib", "modules"))));
        cache = cacheFor(jvm);
        build = cache == null ? null : new StartCacheBuild(cache, javaHome);
    }

    private @Nullable StartCache cacheFor(ThisJvm jvm) {
        if (places.named() || javaHome.chosen() || places.packed() != null) {
            return null;
        }
        var nowhere = Path.of("");
        return StartCache.of(javaHome.home(), List.copyOf(places.classPath().keySet()),
                plus(copied.kept(), own.of(0, nowhere, nowhere)),
                StartCache.Settings.of(jvm.properties(), jvm.environment()));
    }

    /// Returns how to start the workers of a pool.
    ///
    /// @param config what the user asked for
    /// @param heap the maximum heap of a worker, bytes
    /// @param contextLoader knows where the caller's classes are
    /// @return the launcher
    public static JvmLauncher of(
            PoolConfig config, long heap, @Nullable ClassLoader contextLoader) {
        return of(config, heap, contextLoader, WORKER);
    }

    /// Returns how to start processes as the workers of a pool are, but with another main.
    ///
    /// @param config what the user asked for
    /// @param heap the maximum heap of a process, bytes
    /// @param contextLoader knows where the caller's classes are
    /// @param main [#WORKER] or [#CHILD]
    /// @return the launcher
    public static JvmLauncher of(
            PoolConfig config, long heap, @Nullable ClassLoader contextLoader, String main) {
        return of(config, heap, ThisJvm.now(contextLoader), main);
    }

    static JvmLauncher of(PoolConfig config, long heap, ThisJvm jvm, String main) {
        for (var arg : config.jvmArgs()) {
            if (arg.startsWith("@")) {
                throw new IllegalArgumentException("jvmArgs cannot name an argument file: "
                        + arg + "; name the flags in it");
            }
        }
        return new JvmLauncher(config, heap, jvm, main);
    }

    /// Starts a worker's process. Its standard input is empty, its two outputs are pipes that the
    /// caller must read; what it leaves in the temp folder is deleted when it has ended, but for
    /// the report of a crash, `hs_err_<pid>.log`.
    ///
    /// @param seat the worker's seat
    /// @param tempFolder the pool's temp folder
    /// @param environment variables on top of all others; nobody else can read them, unlike
    ///         arguments
    /// @return the process
    /// @throws IOException if it cannot be started: the message says what was tried
    public Process start(int seat, Path tempFolder, Map<String, String> environment)
            throws IOException {
        var command = new ArrayList<String>(config.launchPrefix());
        command.add(javaHome.binary().toString());
        int number = started.incrementAndGet();
        var folder = Private.createFolder(tempFolder.resolve("worker" + seat + "-" + number));
        var file = folder.resolve("arguments");
        ArgumentFile.write(file, arguments(seat, tempFolder, folder));
        command.add("@" + file);
        var builder = new ProcessBuilder(command);
        builder.redirectInput(Spawn.NOTHING);
        setDirectory(builder);
        setEnvironment(builder.environment());
        builder.environment().putAll(environment);

        var process = spawn(builder, folder);
        try {
            Thread.ofVirtual().name("mitosis-tidy-" + seat).start(() -> tidy(process, folder));
            if (number == 1) {
                // Only now, and beside: it would delay the first workers by a quarter of their
                // start.
                Thread.ofPlatform().daemon().name("mitosis-fingerprint").start(this::lookAround);
            }
        } catch (RuntimeException | Error e) { // such as no more threads: nobody else knows of it
            process.destroyForcibly();
            throw e;
        }
        return process;
    }

    private void lookAround() {
        before();
        if (cache != null && build != null) {
            cache.touch();
            build.later(BEFORE_CACHING);
        }
    }

    /// Builds the start cache of such workers, unless it is there, and waits for it.
    ///
    /// @return where it is, if it is there now
    /// @throws IOException if the process that builds it cannot be started
    /// @throws InterruptedException if this thread is interrupted; then nothing is left running
    public Optional<Path> buildCache() throws IOException, InterruptedException {
        if (cache == null || build == null || !cache.exists() && !build.now()) {
            return Optional.empty();
        }
        return Optional.of(cache.file());
    }

    /// Gives up what is being built for workers to come.
    @Override
    public void close() {
        if (build != null) {
            build.close();
        }
    }

    /// {@return a short text for the class files on the paths when the first worker started, or
    /// when a change was noted last: other files, other text}
    public String fingerprint() {
        return before().text();
    }

    /// Returns whether class files have changed since the first worker started, or since this was
    /// asked last: a worker that starts now would run other code than those that run already. Costs
    /// a look at each entry of the paths.
    ///
    /// @return whether they have
    public synchronized boolean notesChange() {
        var now = Fingerprint.of(watched);
        boolean changed = now.differsFrom(before());
        before = now.orIfUnknown(before());
        return changed;
    }

    private synchronized Fingerprint before() {
        if (before == null) {
            before = Fingerprint.of(watched);
        }
        return before;
    }

    /// {@return what was decided and why, for people}
    public String describe() {
        var text = new StringBuilder();
        line(text, "java", javaHome.home() + (javaHome.chosen() ? " (withJavaHome)" : ""));
        line(text, "start", places.named() ? "module dev.mitosis" : "class path");
        places.classPath().forEach((file, how) -> line(text, "class path", because(file, how)));
        places.modulePath().forEach(entry -> line(text, "module path", entry.toString()));
        places.roots().forEach(module -> line(text, "module", module));
        places.skipped().forEach((entry, why) -> line(text, "skipped", because(entry, why)));
        copied.kept().forEach(flag -> line(text, "flag", flag));
        copied.dropped().forEach((flag, why) -> line(text, "dropped", because(flag, why)));
        variables.removed().forEach((name, why) -> line(text, "unset", because(name, why)));
        line(text, "heap", (own.heap() >> 20) + " MiB");
        line(text, "start cache", cache == null ? "none" : cache.toString());
        return text.toString();
    }

    private static String because(Object what, String why) {
        return what + " (" + why + ")";
    }

    private static void line(StringBuilder text, String what, String value) {
        text.append("%-12s %s%n".formatted(what, value));
    }

    private List<String> arguments(int seat, Path tempFolder, Path folder) throws IOException {
        var temp = Private.createFolder(folder.resolve("tmp"));
        var packed = places.packed();
        var core = packed == null ? null : packed.copyTo(tempFolder);
        var cached = cache == null ? List.<String>of() : cache.flags(Files.getOwner(temp));
        return plus(plus(plus(copied.kept(), cached), own.of(seat, temp, tempFolder)),
                places.arguments(main, core));
    }

    private Process spawn(ProcessBuilder builder, Path folder) throws IOException {
        try {
            return Spawn.start(builder);
        } catch (IOException e) {
            discard(folder);
            throw new IOException("the worker's process cannot be started: " + builder.command()
                    + (builder.directory() == null ? "" : " in " + builder.directory())
                    + ": " + e.getMessage(), e);
        }
    }

    /// Deletes what a process leaves behind; on a thread of its own, since [Process#onExit] goes by
    /// the common pool, whose threads may all be waiting for something of the user's.
    private static void tidy(Process process, Path folder) {
        try {
            process.waitFor();
            discard(folder);
            ShareFolder.sweep(process.pid());
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the tidying", e);
        } catch (IOException e) {
            // What it shared is deleted when the pool closes, or another begins to share.
        }
    }

    private void setDirectory(ProcessBuilder builder) throws IOException {
        var directory = config.workingDirectory();
        if (directory == null) {
            return;
        }
        if (!Files.isDirectory(directory)) {
            throw new IOException("withWorkingDirectory names no folder: " + directory);
        }
        builder.directory(directory.toFile());
    }

    private void setEnvironment(Map<String, String> environment) {
        if (config.cleanEnvironment()) {
            // Without its locale a JVM cannot open files whose names are not ASCII.
            environment.keySet().removeIf(name -> !NEEDED.matcher(name).matches());
        }
        environment.keySet().removeAll(variables.removed().keySet());
        environment.putAll(config.environment());
    }

    private Map<String, String> inherited(ThisJvm jvm) {
        var inherited = new HashMap<>(jvm.environment());
        inherited.keySet().removeAll(config.environment().keySet());
        return config.cleanEnvironment() ? Map.of() : inherited;
    }

    private static void discard(Path folder) {
        try {
            Tree.delete(folder, _ -> false);
        } catch (IOException e) {
            // The pool's folder is deleted as a whole when the pool closes.
        }
    }

    private static <T> List<T> plus(List<T> first, List<T> second) {
        var all = new ArrayList<T>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
