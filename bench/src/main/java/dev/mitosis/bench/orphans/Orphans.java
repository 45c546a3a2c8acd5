package dev.mitosis.bench.orphans;

import dev.mitosis.Pool;
import dev.mitosis.bench.common.Belongings;
import dev.mitosis.bench.common.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// Starts a program that holds a pool, kills it, and looks what becomes of its workers.
///
/// @param doing what they are doing then
/// @param workers how many there are
record Orphans(Doing doing, int workers) {
    private static final long PROMISED = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(1);

    /// What was seen.
    ///
    /// @param found how many workers there were when the program was killed
    /// @param millis from the kill until the last was gone
    /// @param late the workers that were alive a second after the kill
    /// @param files the folders that were left after the next start of a pool
    record Seen(int found, double millis, List<String> late, List<String> files) {
        /// Copies the lists.
        Seen {
            late = List.copyOf(late);
            files = List.copyOf(files);
        }
    }

    /// Kills one program.
    ///
    /// @param random chooses the moment
    Seen kill(SplittableRandom random) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("orphans");
        var holder = start(folder);
        try {
            await("the program is ready", () -> isReady(folder));
            // While workers start, at any moment until they have.
            long longest = TimeUnit.MILLISECONDS.toNanos(doing == Doing.STARTING ? 700 : 100);
            LockSupport.parkNanos(random.nextLong(longest));
            return kill(holder);
        } finally {
            holder.destroyForcibly().waitFor();
            delete(folder);
        }
    }

    private Process start(Path folder) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "-Xmx128m", "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"),
                Holder.class.getName(), doing.name(), Integer.toString(workers), folder.toString())
                .inheritIO()
                .start();
    }

    private boolean isReady(Path folder) {
        boolean all = doing == Doing.STARTING || doing == Doing.IDLE
                || IntStream.range(0, workers)
                        .allMatch(i -> Files.exists(folder.resolve(Holder.AT_WORK + i)));
        return all && Files.exists(folder.resolve(Holder.READY));
    }

    private static void await(String what, BooleanSupplier condition) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - began > PATIENCE) {
                throw new IllegalStateException("not so after a minute: " + what);
            }
            LockSupport.parkNanos(LOOK_AGAIN);
        }
    }

    private static Seen kill(Process holder) throws InterruptedException {
        var found = Processes.workersOf(holder.pid());
        long began = System.nanoTime();
        holder.destroyForcibly();
        // First those that were seen, which is quick, then whoever was started in the meantime.
        while (found.stream().anyMatch(Processes::isAlive) && !isOver(began)) {
            LockSupport.parkNanos(LOOK_AGAIN);
        }
        var left = Processes.workersOf(holder.pid());
        while (!left.isEmpty() && !isOver(began)) {
            left = Processes.workersOf(holder.pid());
        }
        double millis = (System.nanoTime() - began) / 1e6;
        var late = left.stream().filter(Processes::isAlive).map(Processes::describe).toList();
        holder.waitFor();
        Pool.open(1).close(); // sweeps what the dead have left
        return new Seen(found.size(), millis, late, Belongings.foldersOf(holder.pid()));
    }

    private static boolean isOver(long began) {
        return System.nanoTime() - began > PROMISED;
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
