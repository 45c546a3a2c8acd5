package dev.mitosis.internal.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.Backend;
import dev.mitosis.CallOptions;
import dev.mitosis.Pool;
import dev.mitosis.PoolConfig;
import dev.mitosis.WorkerStartException;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.CrewListener.Death;
import dev.mitosis.spi.Items;
import dev.mitosis.spi.Job;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StragglersTest {
    private final QuickCrew[] crew = new QuickCrew[1];
    private final Dispatcher dispatcher = new Dispatcher(config(), listener -> {
        crew[0] = new QuickCrew(listener);
        return crew[0];
    });
    private final Recorder owner = new Recorder();

    @Test
    @Timeout(20)
    void nothing_is_lost_when_a_worker_ends_what_it_keeps_before_the_rest_is_seen_to() {
        crew[0].start();
        var queue = queue();
        dispatcher.add(part(queue, 0, 10), false);
        dispatcher.add(part(queue, 10, 1), false);
        crew[0].given.get(1).getFirst().ended(1_000); // now it has nothing to do

        while (crew[0].timesTakenBack.get() == 0) { // as soon as the other one is overdue
            dispatcher.stragglers().help();
        }
        dispatcher.watch().close();

        assertEquals(List.of("0..9 from 1 on"), owner.tookBack);
        assertArrayEquals(new long[] {1, 1}, dispatcher.counts().items());
        assertEquals(0, dispatcher.busySeats());
    }

    private Part part(Queue queue, long index, int count) {
        return new Part(queue, owner, new Items.Range(index), new Part.Span(index, count), 1);
    }

    private Queue queue() {
        var job = new Job(1, "", Job.Verb.MAP_LONG, new Job.Function(1, Bytes.EMPTY, false), 0,
                null, false, false);
        return new Queue(dispatcher, job, options(), new Signal());
    }

    private static PoolConfig config() {
        var made = new PoolConfig[1];
        Pool.open(config -> {
            made[0] = config.withWorkers(QuickCrew.SEATS);
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

    /// Writes down what is taken back.
    private static final class Recorder implements PartOwner {
        private final List<String> tookBack = new CopyOnWriteArrayList<>();

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
        public void lost(Part part, boolean suspect, @Nullable Death death) {}

        @Override
        public Part cut(Part part, int count) {
            throw new IllegalStateException("no worker has a budget here");
        }

        @Override
        public void withdrawn(Part part) {}

        @Override
        public void expired(Part part, int at, CompletableFuture<String> dump) {}

        @Override
        public void hopeless(WorkerStartException why) {}
    }
}
