package dev.mitosis.bench.torture;

import dev.mitosis.PoolStats;
import dev.mitosis.bench.common.Processes;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/// Kills workers, stops them for a while, and interrupts callers, at random moments.
final class Monkey {
    private final List<House> houses;
    private final List<Caller> callers;
    private final Set<Long> killed;
    private final Tally tally;

    Monkey(List<House> houses, List<Caller> callers, Set<Long> killed, Tally tally) {
        this.houses = houses;
        this.callers = callers;
        this.killed = killed;
        this.tally = tally;
    }

    /// {@return a set for those who are killed, told before it happens}
    static Set<Long> emptySet() {
        return ConcurrentHashMap.newKeySet();
    }

    /// Goes on until it is enough; nobody is stopped any more when it returns.
    void runUntil(BooleanSupplier enough, SplittableRandom random) throws InterruptedException {
        while (!enough.getAsBoolean()) {
            Thread.sleep(random.nextLong(20, 700));
            switch (random.nextInt(4)) {
                case 0, 1 -> kill(random);
                case 2 -> stop(random);
                default -> {
                    callers.get(random.nextInt(callers.size())).poke();
                    tally.count("monkey interrupted a caller");
                }
            }
        }
    }

    private void kill(SplittableRandom random) {
        var victims = victims(random);
        if (!victims.isEmpty()) {
            long pid = victims.get(random.nextInt(victims.size()));
            killed.add(pid); // before it happens
            tally.count(Processes.kill9(pid) ? "monkey killed a worker" : "monkey came too late");
        }
    }

    private void stop(SplittableRandom random) throws InterruptedException {
        var victims = victims(random);
        if (!victims.isEmpty()) {
            long pid = victims.get(random.nextInt(victims.size()));
            Processes.signal("STOP", pid);
            tally.count("monkey stopped a worker");
            Thread.sleep(random.nextLong(2_000));
            Processes.signal("CONT", pid);
        }
    }

    /// Those who have started: who kills those who start must expect that none starts at last.
    private List<Long> victims(SplittableRandom random) {
        var house = houses.get(random.nextInt(houses.size()));
        return house.current().pool().stats().workers().stream()
                .filter(worker -> worker.pid() > 0 && !worker.state().equals("starting"))
                .map(PoolStats.Worker::pid)
                .toList();
    }
}
