package dev.mitosis.internal.warm;

import dev.mitosis.Pool;
import dev.mitosis.internal.launch.SelfKill;
import dev.mitosis.internal.launch.StartCacheFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The main of the process that builds a start cache.
public final class Trainer {
    private Trainer() {}

    /// Builds a cache.
    ///
    /// @param args the cache's file, then the flags of the workers it is for
    /// @throws IOException if it cannot be built
    /// @throws InterruptedException never
    public static void main(String[] args) throws IOException, InterruptedException {
        Thread.ofPlatform().daemon().name("mitosis-orphan").start(Trainer::endWithParent);
        var flags = List.of(args).subList(1, args.length);
        new StartCacheFile(Path.of(args[0]), flags).build(more -> train(flags, more));
    }

    private static void train(List<String> flags, List<String> more) {
        var all = new ArrayList<>(flags);
        all.addAll(more);
        try (var pool = Pool.open(c -> c.withWorkers(1).withHeap("128m")
                .withJvmArgs(all.toArray(String[]::new)))) {
            new Rehearsal(pool).run();
        }
    }

    /// Nobody writes to our standard input: it ends with the process that started this one.
    private static void endWithParent() {
        try {
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // gone, too
        }
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        SelfKill.start();
    }
}
