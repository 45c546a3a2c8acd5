package dev.mitosis.testing;

import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.PoolConfig;
import dev.mitosis.share.Hosted;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A program with a pool of two workers, run by a [HeldPool] in a JVM of its own.
public final class PoolHolder {
    /// How long an item of [Doing#LIMITED] may run.
    public static final Duration LIMIT = Duration.ofSeconds(4);

    private static final int LARGE = 3 << 20; // more than a ring holds

    /// What the program, and each of its two workers, is doing when its time comes.
    public enum Doing {
        /// Nothing.
        IDLE,
        /// Items wait at the gate.
        WAITING,
        /// Items pass the gate and run in a loop without calls.
        LOOPING,
        /// Items wait for a lock that the program holds, and for an element that nobody puts.
        IN_HOSTED_OBJECTS,
        /// Items pass the gate and wait in native code.
        IN_NATIVE_CODE,
        /// Initializers wait at the gate; items wait for them.
        STARTING,
        /// Items pass the gate and return more than a ring holds.
        ANSWERING,
        /// The workers have run all they may, and wait at the gate in their finalizers; others are there to follow.
        LEAVING_WORKERS,
        /// Items wait at the gate under the time-out [#LIMIT]; the program prints how they ended.
        LIMITED,
        /// The program ends without closing its pool.
        LEAVING,
        /// Items wait at the gate, and so does the program, to exit with status 3.
        EXITING
    }

    private PoolHolder() {}

    /// Opens a pool and gets into a state; says `ready` on its output.
    ///
    /// @param arguments the state, and where the gate is
    /// @throws InterruptedException never
    public static void main(String... arguments) throws InterruptedException {
        var door = new Gate.Door(arguments[1]);
        var doing = Doing.valueOf(arguments[0]);
        var pool = Pool.open(c -> edit(c.withWorkers(2), doing, door));
        Object results = null;
        switch (doing) {
            case IDLE -> pool.everywhere(() -> {});
            case WAITING -> results = pool.imap(n -> door.passStubbornly(n), List.of(1, 2), 1);
            case LOOPING -> results = pool.imap(n -> loop(door, n), List.of(1, 2), 1);
            case IN_HOSTED_OBJECTS -> results = inHostedObjects(pool, door);
            case IN_NATIVE_CODE -> results = pool.imap(n -> pause(door, n), List.of(1, 2), 1);
            case STARTING -> results = pool.imap(n -> n, List.of(1, 2), 1);
            case ANSWERING -> results = pool.imap(n -> new byte[door.passStubbornly(n) * LARGE], List.of(1, 2), 1);
            case LEAVING_WORKERS -> results = pool.imap(n -> n, List.of(1, 2), 1);
            case LIMITED -> {
                limited(pool, door);
                return;
            }
            case LEAVING -> {
                pool.everywhere(() -> {});
                return; // library threads are daemons
            }
            case EXITING -> {
                results = pool.imap(n -> door.passStubbornly(n), List.of(1, 2), 1);
                door.passUnchecked("exit");
                Reference.reachabilityFence(results);
                System.exit(3);
            }
        }
        System.out.println("ready");
        new CountDownLatch(1).await();
        Reference.reachabilityFence(results); // results that nobody holds are cancelled
    }

    private static PoolConfig edit(PoolConfig config, Doing doing, Gate.Door door) {
        return switch (doing) {
            case STARTING -> config.withInitializer(() -> door.passStubbornly("start"));
            case LEAVING_WORKERS -> config.withMaxTasksPerWorker(1)
                    .withFinalizer(() -> door.passStubbornly("finish"));
            case IDLE, WAITING, LOOPING, IN_HOSTED_OBJECTS, IN_NATIVE_CODE, ANSWERING,
                    LIMITED, LEAVING, EXITING -> config;
        };
    }

    /// A loop without calls, in which the JVM sees no reason to stop.
    private static long loop(Gate.Door door, int item) throws java.io.IOException {
        door.pass(item);
        long sum = 0;
        for (long i = 0; i < Long.MAX_VALUE; i++) {
            sum += i ^ sum;
        }
        return sum;
    }

    private static Object inHostedObjects(Pool pool, Gate.Door door) {
        var lock = Hosted.lock(pool);
        var queue = Hosted.<Integer>queue(pool, 1);
        lock.lock();
        return pool.imap(n -> Waits.in("await", door, n,
                () -> n == 1 ? lock.tryLock(1, TimeUnit.HOURS) : queue.take()), List.of(1, 2), 1);
    }

    /// Waits in the C library for a signal; there no interrupt is heard.
    private static int pause(Gate.Door door, int item) throws Exception {
        var pause = pauseOfTheLibrary();
        door.pass(item);
        try {
            return (int) pause.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted") // the C library is what the test is about
    private static MethodHandle pauseOfTheLibrary() {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow("pause"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT));
    }

    private static void limited(Pool pool, Gate.Door door) {
        pool.everywhere(() -> {}); // the time-out is not for the start
        var view = pool.with(o -> o.withTimeout(LIMIT).withGrace(Duration.ZERO));
        try (pool; var outcomes = view.outcomes(n -> door.passStubbornly(n), List.of(1, 2))) {
            System.out.println("ready");
            for (Outcome<Integer> outcome : outcomes) {
                System.out.println(outcome.getClass().getSimpleName());
            }
        }
    }
}
