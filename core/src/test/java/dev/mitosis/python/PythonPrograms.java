package dev.mitosis.python;

import dev.mitosis.Pool;
import dev.mitosis.testing.Belongings;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;

/// Programs that leave a pool in one way or another; each runs in a JVM of its own.
public final class PythonPrograms {
    /// How the program is left.
    enum Leaving { BLOCK, CALL_IN_HOOK, CLOSE_IN_HOOK, OPEN_IN_HOOK, SHUTDOWN_ALONE }

    private PythonPrograms() {}

    /// Runs one of them.
    ///
    /// @param args its name
    public static void main(String[] args) throws Exception {
        switch (Leaving.valueOf(args[0])) {
            case BLOCK -> {
                try (var gate = Gate.create(); var pool = Pool.open(1)) {
                    var door = gate.door();
                    pool.applyAsync(() -> System.out.println(door.pass("apple")));
                    var apple = gate.arrival();
                    Thread.ofPlatform().start(() -> passOnceClosing(pool, apple));
                }
            }
            case CALL_IN_HOOK -> {
                var pool = Pool.open(1);
                long pid = pool.apply(() -> ProcessHandle.current().pid());
                var worker = ProcessHandle.of(pid).orElseThrow().onExit();
                atExit(() -> {
                    worker.join(); // hooks run at the same time, and this one comes last
                    System.out.println(pool.apply(() -> 2));
                });
            }
            case CLOSE_IN_HOOK -> {
                var pool = Pool.open(1);
                pool.apply(() -> 1);
                pool.applyAsync(PythonPrograms::neverEnds);
                atExit(() -> {
                    pool.close();
                    System.out.println("closed");
                });
            }
            case OPEN_IN_HOOK -> {
                Pool.open(1).close();
                atExit(() -> {
                    var before = Belongings.now();
                    try {
                        Pool.open(1);
                    } finally {
                        Eventually.holds("nothing is left behind",
                                () -> Belongings.now().beyond(before).isEmpty());
                        System.out.println("nothing is left behind");
                    }
                });
            }
            case SHUTDOWN_ALONE -> {
                var executor = Pool.open(1).executor();
                executor.submit(() -> 1).get();
                executor.submit(PythonPrograms::neverEnds);
                executor.shutdown();
            }
        }
    }

    private static void passOnceClosing(Pool pool, Gate.Visitor visitor) {
        Calls.awaitRefusalBy(pool);
        visitor.release();
    }

    private static Object neverEnds() throws InterruptedException {
        Thread.sleep(1_000_000);
        return 1;
    }

    private static void atExit(Runnable work) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }));
    }
}
