package dev.mitosis.bench.dispatch;

import dev.mitosis.internal.schedule.Dispatcher;
import java.util.ArrayDeque;

/// A dispatcher, its simulated workers and the calls that are open side by side; for one thread.
public final class SimulatedPool implements AutoCloseable {
    private final Dispatcher dispatcher;
    private final SimulatedCrew crew;
    private final ArrayDeque<SimulatedCall> hungry = new ArrayDeque<>();

    /// Makes a pool whose workers have nothing to do yet.
    ///
    /// @param kind how long items take, and how they travel
    /// @param workers how many workers there are
    /// @param calls how many calls are open at once
    /// @param items how many items each of them has
    public SimulatedPool(Simulation.Kind kind, int workers, int calls, long items) {
        var made = new SimulatedCrew[1];
        var config = Configurations.pool(c -> c.withWorkers(workers));
        dispatcher = new Dispatcher(config, listener -> {
            made[0] = new SimulatedCrew(workers, kind.nanos(), listener);
            return made[0];
        });
        crew = made[0];
        crew.start();
        var options = Configurations.call(kind.options());
        for (int i = 0; i < calls; i++) {
            hungry.add(new SimulatedCall(dispatcher, i, options, items, hungry));
        }
    }

    /// Feeds the calls that want it, and then ends the next lease that was given.
    ///
    /// @return whether there was one; if not, all items are through
    public boolean endLease() {
        for (SimulatedCall call; (call = hungry.poll()) != null; ) {
            call.feed();
        }
        return crew.endNext();
    }

    /// {@return how many leases were given}
    long batches() {
        return dispatcher.counts().batches();
    }

    @Override
    public void close() {
        dispatcher.watch().close();
    }
}
