package dev.mitosis.internal.local;

import dev.mitosis.NotReadableException;
import dev.mitosis.internal.Credits;
import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.ByteSource;
import dev.mitosis.internal.codec.Functions;
import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.codec.Records;
import dev.mitosis.internal.worker.Assignment;
import dev.mitosis.internal.worker.ItemRunner;
import dev.mitosis.internal.worker.Outbox;
import dev.mitosis.internal.Deadline;
import dev.mitosis.spi.Items;
import dev.mitosis.spi.Job;
import dev.mitosis.spi.Lease;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A worker within this JVM: runs leases as a worker process would, through the same bytes.
///
/// Runs on one thread at a time; others may interrupt what it runs.
final class LocalWorker implements Outbox {
    private final int number;
    private final boolean ownThread;
    private final Map<Long, Long> skipped;
    private final Map<Long, Object> functions = new ConcurrentHashMap<>();
    private final ByteSink sink = new ByteSink(256);
    private final ReentrantLock lock = new ReentrantLock();
    private final Credits credits = new Credits();

    // owned by the running thread
    private @Nullable Lease lease;

    // guarded by lock
    private @Nullable Thread runner;
    private boolean cancelled;
    private @Nullable Lease claimable; // the lease, if nothing of it was taken back
    private long claimed; // the ticket up to which its items will run

    private boolean telling; // whether an outcome or an end is on its way to the lease
    private @Nullable LongConsumer giveUp; // to be told once that is there

    // written under lock, read by the watch
    private volatile long running = -1;

    // written under lock when the crew gives the worker up: what it still does is of no interest
    private volatile boolean abandoned;

    /// Makes a worker.
    ///
    /// @param number its number
    /// @param ownThread whether it alone uses the thread that it runs on
    /// @param skipped from which index on each call's items do not start
    LocalWorker(int number, boolean ownThread, Map<Long, Long> skipped) {
        this.number = number;
        this.ownThread = ownThread;
        this.skipped = skipped;
    }

    void run(Lease next) {
        var loader = loader(next.job());
        var outer = lease;
        lease = next;
        unclaimed(next);
        long begin = Deadline.now();
        boolean began;
        try {
            var function = function(next.job(), loader);
            began = new ItemRunner(number, this, loader).run(assignment(next), function);
        } catch (IOException e) {
            throw new AssertionError("the bytes never left this JVM", e);
        } finally {
            lease = outer;
        }
        if (began && beginTelling()) { // else all of it was taken back
            try {
                next.ended(Deadline.now() - begin);
            } finally {
                told();
            }
        }
    }

    /// The item that ran ends, or the lease.
    ///
    /// @return whether anybody is interested
    private boolean beginTelling() {
        lock.lock();
        try {
            if (cancelled || ownThread) {
                // it was meant for this item alone, or the item's own code has left it behind
                Thread.interrupted();
                cancelled = false;
            }
            runner = null;
            running = -1;
            telling = !abandoned;
            return telling;
        } finally {
            lock.unlock();
        }
    }

    /// What an item has come to is known before the crew learns that nothing is running any more.
    private void told() {
        LongConsumer late;
        lock.lock();
        try {
            telling = false;
            late = giveUp;
        } finally {
            lock.unlock();
        }
        if (late != null) {
            late.accept(-1);
        }
    }

    private static ClassLoader loader(Job job) {
        var context = Thread.currentThread().getContextClassLoader();
        var own = job.loader();
        return own != null ? own : context != null ? context : ClassLoader.getSystemClassLoader();
    }

    private Object function(Job job, ClassLoader loader) {
        return functions.computeIfAbsent(job.function().id(), _ -> decode(job, loader));
    }

    private static Object decode(Job job, ClassLoader loader) {
        try {
            return Functions.decode(job.function().bytes(), loader);
        } catch (NotReadableException e) {
            return e;
        } catch (Throwable e) { // as a process does
            return new NotReadableException("the function cannot be read in the worker: " + e, e);
        }
    }

    void forget(Job job) {
        if (!job.function().kept()) {
            functions.remove(job.function().id());
        }
    }

    private static Assignment assignment(Lease lease) {
        var job = lease.job();
        return switch (lease.items()) {
            case Items.Values(var bytes, var frames, int skip) -> new Assignment(job.verb(),
                    job.call(), job.name(), lease.ticket(), lease.index(), lease.count(),
                    lease.attempt(), ByteSource.of(bytes), frames.most(), skip, 0);
            case Items.Range(long first) -> new Assignment(job.verb(), job.call(), job.name(),
                    lease.ticket(), lease.index(), lease.count(), lease.attempt(), null, 0, 0,
                    first);
        };
    }

    private void unclaimed(Lease next) {
        lock.lock();
        try {
            claimable = next;
            claimed = next.ticket();
        } finally {
            lock.unlock();
        }
    }

    // -- as the outbox of its runner ---------------------------------------------------------

    @Override
    public int claim(long ticket, int count, boolean whole) {
        lock.lock();
        try {
            if (claimable == null || abandoned) {
                return 0;
            }
            claimed = ticket + (whole ? count : 1);
            return whole ? count : 1;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean begin(long ticket, long index) {
        var now = lease;
        if (now != null && index >= skipped.getOrDefault(now.job().call(), Long.MAX_VALUE)) {
            return false;
        }
        lock.lock();
        try {
            if (abandoned) {
                return false;
            }
            runner = Thread.currentThread();
            cancelled = false;
            running = ticket;
        } finally {
            lock.unlock();
        }
        return true;
    }

    @Override
    public ByteSink sink() {
        return sink;
    }

    @Override
    public void commit(boolean last) {
        byte[] records = flat(); // may not fit: as long as the item counts as the one that runs
        var now = lease;
        sink.clear();
        if (now != null && beginTelling()) {
            try {
                now.replied(records, records.length, 1, allOk(records));
            } finally {
                told();
            }
        }
    }

    private byte[] flat() {
        return sink.isSimple()
                ? Arrays.copyOf(sink.buffer(), Math.toIntExact(sink.size()))
                : sink.toBytes().toArray();
    }

    private static boolean allOk(byte[] records) {
        for (int at = 0; at < records.length; at = Records.after(records, at)) {
            if ((records[at] & ~Kind.HUGE) == Kind.FAILED) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void failed(long index) {
        // the call learns it at the commit, on this same thread, and halts if it is to
    }

    @Override
    public void emit(long index, Object message) {
        var now = lease;
        if (now != null && now.job().listened()) {
            byte[] value = Outbox.emission(message);
            credits.take();
            now.emitted(index, value, () -> credits.giveBack(1));
        }
    }

    @Override
    public boolean isCancelled() {
        lock.lock();
        try {
            return cancelled || abandoned;
        } finally {
            lock.unlock();
        }
    }

    // -- for the crew ------------------------------------------------------------------------

    long running() {
        return running;
    }

    long takeBack() {
        lock.lock();
        try {
            var given = claimable;
            if (given == null || claimed >= given.ticket() + given.count()) {
                return -1;
            }
            claimable = null;
            if (claimed > given.ticket()) {
                given.keep((int) (claimed - given.ticket()));
            }
            return claimed;
        } finally {
            lock.unlock();
        }
    }

    void interrupt(long ticket) {
        lock.lock();
        try {
            var thread = runner;
            if (running == ticket && thread != null) {
                cancelled = true;
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    String stack() {
        lock.lock();
        try {
            var thread = runner;
            if (thread == null) {
                return "the item had ended";
            }
            var text = new StringBuilder("\"").append(thread.getName()).append("\"\n");
            for (var frame : thread.getStackTrace()) {
                text.append("    at ").append(frame).append('\n');
            }
            return text.toString();
        } finally {
            lock.unlock();
        }
    }

    /// Gives the worker up.
    ///
    /// @param then told the ticket of the item that it is running, or -1; at once, or by the
    ///     worker's own thread as soon as it has told what an item has come to that just ended
    void abandon(LongConsumer then) {
        long ticket;
        lock.lock();
        try {
            abandoned = true;
            if (telling) {
                giveUp = then;
                return;
            }
            ticket = running;
        } finally {
            lock.unlock();
        }
        then.accept(ticket);
    }
}
