package dev.mitosis.internal.schedule;

import dev.mitosis.Backend;
import dev.mitosis.CallOptions;
import dev.mitosis.Pool;
import dev.mitosis.PoolConfig;
import dev.mitosis.WorkerStartException;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.CrewListener.Death;
import dev.mitosis.spi.Items;
import dev.mitosis.spi.Job;
import dev.mitosis.spi.Lease;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A schedule with a [QuickCrew], and one call whose parts a test makes.
final class QuickPool {
    final QuickCrew crew;
    final Dispatcher dispatcher;
    final List<String> tookBack = new CopyOnWriteArrayList<>();
    final List<String> lost = new CopyOnWriteArrayList<>();
    boolean uncut; // whether parts cannot be cut
    final Queue queue;

    QuickPool() {
        this(Job.Verb.MAP_LONG);
    }

    QuickPool(Job.Verb verb) {
        this(verb, Long.MAX_VALUE);
    }

    QuickPool(Job.Verb verb, long maxTasksPerWorker) {
        var made = new QuickCrew[1];
        dispatcher = new Dispatcher(config(maxTasksPerWorker), listener -> {
            made[0] = new QuickCrew(listener);
            return made[0];
        });
        crew = made[0];
        var job = new Job(1, "", verb, new Job.Function(1, Bytes.EMPTY, false), 0,
                null, false, false);
        queue = new Queue(dispatcher, job, options(), new Signal());
        crew.start();
        dispatcher.watch().close(); // whose looks would come at any moment
    }

    /// Queues some items of the call.
    void add(long index, int count) {
        dispatcher.add(part(index, count), false);
    }

    /// {@return some items of the call, which nobody has yet}
    Part part(long index, int count) {
        return new Part(queue, new Recorder(), new Items.Range(index),
                new Part.Span(index, count), 1);
    }

    /// {@return what a seat was given last}
    Lease last(int seat) {
        return crew.given.get(seat).getLast();
    }

    private static PoolConfig config(long maxTasksPerWorker) {
        var made = new PoolConfig[1];
        Pool.open(config -> {
            made[0] = config.withWorkers(QuickCrew.SEATS).withMaxTasksPerWorker(maxTasksPerWorker);
            return config.withBackend(Backend.inline());
        }).close();
        return made[0];
    }

    private static CallOptions options() {
        var made = new CallOptions[1];
        try (var pool = Pool.open(config -> config.withBackend(Backend.inline()))) {
            pool.with(options -> {
                made[0] = options;
                return options;
            });
        }
        return made[0];
    }

    /// Writes down what is taken back or lost.
    private final class Recorder implements PartOwner {
        @Override
        public void tookBack(Part part, int from, int most) {
            tookBack.add(part.index() + ".." + (part.index() + part.made() - 1)
                    + " from " + from + " on");
        }

        @Override
        public void replied(Part part, byte[] records, int length, int items, boolean allOk) {}

        @Override
        public void ended(Part part) {}

        @Override
        public void lost(Part part, boolean suspect, @Nullable Death death) {
            lost.add(part.index() + ".." + (part.index() + part.made() - 1) + (suspect ? ", a suspect" : ""));
        }

        @Override
        public Part cut(Part part, int count) {
            if (uncut) {
                throw new InternalError("no memory, says a test");
            }
            QuickPool.this.add(part.index() + count, part.made() - count);
            return QuickPool.this.part(part.index(), count);
        }

        @Override
        public void withdrawn(Part part) {}

        @Override
        public void expired(Part part, int at, CompletableFuture<String> dump) {}

        @Override
        public void hopeless(WorkerStartException why) {}
    }
}
