package dev.mitosis.internal.node;

import dev.mitosis.CallOptions;
import dev.mitosis.WorkerStartException;
import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.codec.Records;
import dev.mitosis.internal.schedule.Dispatcher;
import dev.mitosis.internal.schedule.Part;
import dev.mitosis.internal.schedule.PartOwner;
import dev.mitosis.internal.schedule.Queue;
import dev.mitosis.internal.schedule.Signal;
import dev.mitosis.spi.CrewListener.Death;
import dev.mitosis.spi.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The items of some [Work] while workers run them, one part after another.
///
/// It has one part under way at most, so that outcomes come in order and a death leaves nothing
/// done behind it. Answers once, on a thread of whoever serves workers.
final class ForeignLease implements PartOwner {
    private static final int FEW = 256; // bytes
    private static final long STACKS_MILLIS = 200; // as long as a caller on this machine waits
    // of outcomes, in bytes: what is answered is one array, and there may be some of these at once
    private static final long MOST =
            Math.min(Integer.MAX_VALUE - (1 << 20), Runtime.getRuntime().maxMemory() / 4);

    /// An item that ran too long, and the stacks of its worker, when they come.
    private record Overdue(int at, CompletableFuture<String> stacks) {}

    private final Dispatcher dispatcher;
    private final Work work;
    private final Queue queue;
    private final Part whole;
    private final Consumer<Answer> whenOver;
    private final boolean budgeted; // whether workers are replaced after so many items
    private final LongSupplier starts; // of workers, since they were told last
    private final long mostBytes; // of all outcomes

    // guarded by this
    private final ByteSink records = new ByteSink(FEW);
    private final ByteSink unfinished = new ByteSink(FEW); // an outcome
    private final List<Answer.Note> notes = new ArrayList<>();
    private final List<Overdue> overdue = new ArrayList<>();
    private long noted; // bytes of the notes
    private int done;
    private long pid;
    private long nanos;
    private boolean running; // whether a part is under way
    private boolean owing; // whether there are items after it
    private boolean full;
    private boolean cut; // whether there was no room for an outcome: what is behind it runs again
    private long tooLarge; // bytes of that, if it cannot travel alone
    private boolean over;

    /// What all leases of a node share.
    ///
    /// @param dispatcher runs them
    /// @param budgeted whether workers are replaced after so many items
    /// @param starts of workers, since this was asked last
    /// @param most how many bytes of outcomes one answer can have
    record Place(Dispatcher dispatcher, boolean budgeted, LongSupplier starts, long most) {
        Place(Dispatcher dispatcher, boolean budgeted, LongSupplier starts) {
            this(dispatcher, budgeted, starts, MOST);
        }
    }

    ForeignLease(Place place, Work work, Job job, Consumer<Answer> whenOver) {
        budgeted = place.budgeted();
        dispatcher = place.dispatcher();
        starts = place.starts();
        mostBytes = place.most();
        this.work = work;
        this.whenOver = whenOver;
        queue = new Queue(dispatcher, job, options(work), new Signal());
        whole = new Part(queue, this, work.items(),
                new Part.Span(work.span().index(), work.span().count()), work.span().attempt());
    }

    private static CallOptions options(Work work) {
        var options = CallOptions.defaults().withGrace(work.limits().grace());
        var timeout = work.limits().timeout();
        return timeout == null ? options : options.withTimeout(timeout);
    }

    Job job() {
        return queue.job();
    }

    void begin() {
        watch(1);
        goOn();
    }

    private void watch(int more) {
        if (work.limits().timeout() != null) {
            dispatcher.watch().timedCalls(more);
        }
    }

    /// Has the items run that have no outcome yet.
    private void goOn() {
        Part part;
        synchronized (this) {
            if (over) {
                return;
            }
            running = true;
            owing = false;
            unfinished.clear();
            beginStream();
            part = whole.sub(this, done, work.span().count() - done, work.span().attempt());
        }
        if (work.span().alone() || work.isFold() && budgeted) {
            part.runAlone(); // a fold must not be cut, and a new worker may run all of it
        }
        dispatcher.add(part, false);
    }

    /// Has readers number shapes anew: every lease of a worker is a stream of its own, and so are
    /// those whose outcomes come before and after these. Plain numbers have no shapes.
    private void beginStream() {
        if (work.verb() == Job.Verb.MAP || work.verb() == Job.Verb.FOLD) {
            records.putByte(Kind.SHAPE);
            records.putInt(0);
        }
    }

    /// Stops what runs, and answers nothing any more.
    void cancel() {
        if (finish()) {
            dispatcher.withdraw(queue, 0);
            dispatcher.watch().stop(queue, 0, false);
            watch(-1);
        }
    }

    private synchronized boolean finish() {
        boolean first = !over;
        over = true;
        return first;
    }

    /// Answers, once the stacks have come that belong to it: the item that was interrupted may well
    /// end before them.
    private void answer(Answer.End end) {
        CompletableFuture<Void> stacks;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            stacks = CompletableFuture.allOf(overdue.stream().map(Overdue::stacks)
                    .toArray(CompletableFuture<?>[]::new));
        }
        watch(-1);
        if (stacks.isDone()) {
            whenOver.accept(made(end));
        } else {
            var _ = stacks.completeOnTimeout(null, STACKS_MILLIS, TimeUnit.MILLISECONDS)
                    .whenComplete((_, _) -> whenOver.accept(made(end)));
        }
    }

    private synchronized Answer made(Answer.End end) {
        var all = new ArrayList<>(notes);
        for (var item : overdue) {
            var stacks = item.stacks();
            all.add(new Answer.Note.Expired(item.at(),
                    stacks.isCompletedExceptionally() ? null : stacks.getNow(null)));
        }
        var ran = new Answer.Ran(pid, nanos, starts.getAsLong());
        return new Answer(records.toBytes(), done, ran, all, tooLarge == 0 ? end : tooLarge());
    }

    /// {@return the end with an item whose worker is well, but whose outcome nobody will see}
    private Answer.End tooLarge() {
        var why = "had an outcome of " + tooLarge + " bytes, more than one message can carry";
        return new Answer.End.Died(
                new Death(pid, -1, OptionalInt.empty(), why, null, null, List.of()));
    }

    // -- as the owner of its parts -----------------------------------------------------------

    @Override
    public void replied(Part part, byte[] bytes, int length, int items, boolean allOk) {
        boolean nowFull;
        boolean kept;
        synchronized (this) {
            boolean whole = unfinished.size() == 0 && items > 0; // else part of a long one
            int wanted = whole && full ? wanted(bytes, length) : length;
            kept = unfinished.putArray(bytes, 0, wanted);
            if (items > 0) {
                collect(whole ? Records.outcomes(bytes, wanted) : items);
            }
            boolean much = cut || records.size() + noted > work.most();
            nowFull = !full && much && done < work.units();
            full |= nowFull;
        }
        if (!kept) {
            dispatcher.crew().giveBack(bytes);
        }
        if (nowFull) {
            dispatcher.withdraw(queue, part.index()); // as far as it has not begun
        }
    }

    private void collect(int outcomes) {
        if (!cut && records.size() + unfinished.size() > mostBytes) {
            cut = true;
            tooLarge = unfinished.size() > mostBytes ? unfinished.size() : 0;
        }
        if (!cut) {
            done += outcomes;
            for (var piece : unfinished.toBytes().pieces()) {
                records.putArray(piece.array(), piece.offset(), piece.length());
            }
        }
        unfinished.clear();
    }

    /// {@return how many bytes there are before the first outcome of an item that was not begun}
    private static int wanted(byte[] bytes, int length) {
        int at = 0;
        while (at < length && bytes[at] != Kind.CANCELLED) {
            at = Records.after(bytes, at);
        }
        return Math.min(at, length);
    }

    @Override
    public synchronized void printed(Part part, long index, byte[] text, long cut) {
        notes.add(new Answer.Note.Printed(index, text, cut));
        noted += text.length;
    }

    @Override
    public void emitted(Part part, long index, byte[] value, Runnable heard) {
        synchronized (this) {
            notes.add(new Answer.Note.Emitted(index, value));
            noted += value.length;
        }
        heard.run();
    }

    @Override
    public void ended(Part part) {
        boolean more;
        synchronized (this) {
            running = false;
            nanos += part.runNanos();
            pid = part.pid();
            more = owing && !full;
            if (!more && !full && done < work.units()) {
                return; // what was taken back is about to be told
            }
        }
        if (more) {
            goOn();
        } else {
            answer(new Answer.End.Through());
        }
    }

    @Override
    public void lost(Part part, boolean suspect, @Nullable Death death) {
        synchronized (this) {
            running = false;
            pid = part.pid();
        }
        if (suspect && death != null) {
            answer(new Answer.End.Died(death));
        } else {
            goOn();
        }
    }

    @Override
    public void tookBack(Part part, int from, int most) {
        boolean wait;
        synchronized (this) {
            running &= from > 0;
            owing = running;
            wait = running;
        }
        if (!wait) {
            goOn();
        }
    }

    @Override
    public synchronized Part cut(Part part, int count) {
        owing = true;
        return part.sub(this, 0, count, part.attempt());
    }

    @Override
    public void withdrawn(Part part) {
        answer(new Answer.End.Through()); // of what was wanted
    }

    @Override
    public synchronized void expired(Part part, int at, CompletableFuture<String> stacks) {
        overdue.add(new Overdue((int) (part.index() - work.span().index()) + at, stacks));
    }

    @Override
    public void hopeless(WorkerStartException why) {
        answer(new Answer.End.Hopeless(String.valueOf(why.getMessage())));
    }
}
