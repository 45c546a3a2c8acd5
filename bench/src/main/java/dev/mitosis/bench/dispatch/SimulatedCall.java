package dev.mitosis.bench.dispatch;

import dev.mitosis.CallOptions;
import dev.mitosis.WorkerStartException;
import dev.mitosis.internal.schedule.Dispatcher;
import dev.mitosis.internal.schedule.Part;
import dev.mitosis.internal.schedule.PartOwner;
import dev.mitosis.internal.schedule.Queue;
import dev.mitosis.internal.schedule.Signal;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.CrewListener.Death;
import dev.mitosis.spi.Items;
import dev.mitosis.spi.Job;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A call over consecutive numbers, fed as a feeder does, whose outcomes nobody reads.
final class SimulatedCall implements PartOwner {
    private final Dispatcher dispatcher;
    private final Queue queue;
    private final Deque<SimulatedCall> hungry;
    private final long items;
    private long taken;

    /// Makes a call.
    ///
    /// @param number its number
    /// @param options its options
    /// @param items how many items it has
    /// @param hungry where it puts itself when it wants to be fed
    SimulatedCall(
            Dispatcher dispatcher, int number, CallOptions options, long items,
            Deque<SimulatedCall> hungry) {
        this.dispatcher = dispatcher;
        this.items = items;
        this.hungry = hungry;
        var job = new Job(number, "", Job.Verb.MAP_LONG,
                new Job.Function(number, Bytes.EMPTY, false), 0, null, false, false);
        queue = new Queue(dispatcher, job, options, new Signal());
    }

    /// Adds parts as long as there is room.
    void feed() {
        while (taken < items && !queue.isFull()) {
            int count = (int) Math.min(items - taken, queue.size().next(items - taken));
            var span = new Part.Span(taken, count);
            dispatcher.add(new Part(queue, this, new Items.Range(taken), span, 1), false);
            taken += count;
        }
    }

    @Override
    public void ended(Part part) {
        hungry.add(this);
    }

    @Override
    public Part cut(Part part, int count) {
        throw new IllegalStateException("no worker has a budget here");
    }

    @Override
    public void replied(Part part, byte[] records, int length, int count, boolean allOk) {}

    @Override
    public void lost(Part part, boolean suspect, @Nullable Death death) {}

    @Override
    public void tookBack(Part part, int from, int most) {}

    @Override
    public void withdrawn(Part part) {}

    @Override
    public void expired(Part part, int at, CompletableFuture<String> dump) {}

    @Override
    public void hopeless(WorkerStartException why) {}
}
