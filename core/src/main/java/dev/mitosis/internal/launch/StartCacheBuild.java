package dev.mitosis.internal.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Has a start cache built by a throw-away process, for workers and programs to come.
///
/// That process yields to all others, opens a pool of one worker that is trained, and ends by
/// itself; it is killed when this is closed, and ends when this JVM does.
public final class StartCacheBuild implements AutoCloseable {
    static final String MAIN = "dev.mitosis.internal.warm.Trainer";

    private static final Path NICE = Path.of("/usr/bin/nice");
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final StartCache cache;
    private final JavaHome home;
    private final CountDownLatch closed = new CountDownLatch(1);

    // written under the lock of this
    private @Nullable Process trainer;

    StartCacheBuild(StartCache cache, JavaHome home) {
        this.cache = cache;
        this.home = home;
    }

    /// Builds it if this has not been closed before, unless it is there.
    ///
    /// @param delay how long to wait
    void later(Duration delay) {
        Thread.ofVirtual().name("mitosis-start-cache").start(() -> after(delay));
    }

    private void after(Duration delay) {
        try {
            if (!closed.await(delay.toMillis(), TimeUnit.MILLISECONDS) && !cache.exists()) {
                now();
            }
        } catch (IOException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.DEBUG,
                    "no start cache was built", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        }
    }

    /// Builds it and waits for it; at most three minutes.
    ///
    /// @return whether it is there now
    /// @throws IOException if the process cannot be started
    /// @throws InterruptedException if this thread is interrupted; then nothing is left running
    public boolean now() throws IOException, InterruptedException {
        var process = start();
        if (process != null) {
            try {
                process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
            } finally {
                kill(process);
            }
        }
        return cache.exists();
    }

    private synchronized @Nullable Process start() throws IOException {
        if (closed.getCount() == 0) {
            return null;
        }
        var builder = new ProcessBuilder(command());
        builder.environment().put(StartCache.VARIABLE, StartCache.OFF);
        // Its standard input stays open as long as this JVM lives.
        builder.redirectOutput(Spawn.NOTHING).redirectErrorStream(true);
        trainer = Spawn.start(builder);
        return trainer;
    }

    private List<String> command() throws IOException {
        var command = new ArrayList<String>();
        if (Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", "19"));
        }
        // No flag here that its worker would inherit: one trained with the quick compiler alone
        // leaves a cache whose workers use no other either, and are half as fast for ever.
        command.addAll(List.of(home.binary().toString(), "-Xmx128m", "-XX:+UseSerialGC",
                "-cp", cache.jar().toString(), MAIN, cache.file().toString()));
        command.addAll(cache.trained());
        return command;
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /// Gives up what is being built.
    @Override
    public synchronized void close() {
        closed.countDown();
        if (trainer != null) {
            kill(trainer);
        }
    }
}
