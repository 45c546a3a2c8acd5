package dev.mitosis.bench.orphans;

import dev.mitosis.LongRange;
import dev.mitosis.Pool;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A program with a pool, run in a JVM of its own to be killed.
///
/// It says that it is ready, and each of its workers that it runs an item, by making files in a
/// folder.
final class Holder {
    static final String READY = "ready";
    static final String AT_WORK = "at-work-";

    private Holder() {}

    /// Opens a pool and gets its workers into a state.
    ///
    /// @param args the state, the number of workers, the folder
    /// @throws Exception if something fails before it is killed
    public static void main(String... args) throws Exception {
        var folder = args[2];
        int workers = Integer.parseInt(args[1]);
        if (Doing.valueOf(args[0]) == Doing.STARTING) {
            note(folder, READY);
        }
        var pool = Pool.open(workers);
        var doing = Doing.valueOf(args[0]);
        Object results = null;
        try {
            results = begin(doing, pool, workers, folder);
            note(folder, READY);
            new CountDownLatch(1).await();
        } finally { // what nobody holds is closed when it is collected
            Reference.reachabilityFence(results);
            Reference.reachabilityFence(pool);
        }
    }

    /// {@return what is to be held, or null}
    private static @Nullable Object begin(Doing doing, Pool pool, int workers, String folder) {
        var items = IntStream.range(0, workers).boxed().toList();
        return switch (doing) {
            case STARTING -> pool.apply(() -> null);
            case IDLE -> {
                pool.everywhere(() -> {});
                yield null;
            }
            case BUSY -> {
                beBusy(pool, workers, folder);
                yield null;
            }
            case LOOPING -> pool.imap(n -> loop(folder, n), items, 1);
            case NATIVE -> pool.imap(n -> block(folder, n), items, 1);
        };
    }

    static void note(String folder, String name) throws IOException {
        Files.writeString(Path.of(folder, name), "");
    }

    private static void beBusy(Pool pool, int workers, String folder) {
        pool.everywhere(() -> {});
        for (int i = 0; i < workers; i++) {
            int number = i;
            pool.apply(() -> note(folder, AT_WORK + number));
        }
        Thread.ofPlatform().daemon().start(() ->
                pool.imap(n -> n * n, LongRange.of(0, Long.MAX_VALUE)).forEachRemaining(_ -> {}));
    }

    private static long loop(String folder, int item) throws IOException {
        note(folder, AT_WORK + item);
        long sum = 0;
        for (long i = 0; i < Long.MAX_VALUE; i++) {
            sum += i ^ sum;
        }
        return sum;
    }

    @SuppressWarnings("restricted") // a call of native code is the point
    private static int block(String folder, int item) throws Exception {
        var linker = Linker.nativeLinker();
        var pause = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("pause"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT));
        note(folder, AT_WORK + item);
        try {
            while (true) {
                int _ = (int) pause.invokeExact(); // again, if a signal ends it
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
