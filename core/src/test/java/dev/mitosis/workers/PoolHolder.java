package dev.mitosis.workers;

import dev.mitosis.Pool;
import dev.mitosis.testing.Gate;
import java.lang.ref.Reference;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// A program with a pool, run in a JVM of its own by tests that kill it.
final class PoolHolder {
    /// What the program, and each of its two workers, is doing when its time comes.
    enum Doing { IDLE, WAITING, LOOPING, LEAVING, EXITING }

    private PoolHolder() {}

    /// Opens a pool and gets into a state; says `ready` on its output.
    ///
    /// @param arguments the state, and where the gate is
    /// @throws InterruptedException never
    public static void main(String... arguments) throws InterruptedException {
        var door = new Gate.Door(arguments[1]);
        var pool = Pool.open(2);
        Object results = null;
        switch (Doing.valueOf(arguments[0])) {
            case IDLE -> pool.everywhere(() -> {});
            case WAITING -> results = pool.imap(n -> door.passStubbornly(n), List.of(1, 2), 1);
            case LOOPING -> results = pool.imap(n -> loop(door, n), List.of(1, 2), 1);
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

    /// A loop without calls, in which the JVM sees no reason to stop.
    private static long loop(Gate.Door door, int item) throws java.io.IOException {
        door.pass(item);
        long sum = 0;
        for (long i = 0; i < Long.MAX_VALUE; i++) {
            sum += i ^ sum;
        }
        return sum;
    }
}
