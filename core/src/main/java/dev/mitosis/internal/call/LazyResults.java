package dev.mitosis.internal.call;

import dev.mitosis.LongResults;
import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.Results;
import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.call.BatchReader.State;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What a lazy call hands to its consumer; the call itself never refers to it, so that it can be
/// cancelled once the consumer has let go of it.
///
/// @param <R> the type of a result
class LazyResults<R> implements Results<R> {
    private static final long[] NONE = {};
    private static final int LONGEST_RUN = 1 << 10;

    /// How outcomes are handed out.
    enum Form { VALUES, OUTCOMES }

    // keeps the pool from being closed as unreachable while these results are in use
    @SuppressWarnings("unused")
    private final Pool pool;

    private final Call call;
    private final Drive drive;
    private final Form form;
    private final Cleaner.Cleanable cleaning;

    // what was fetched and not yet handed out: VALUE, VERDICT, END, or WAIT for nothing
    private State fetched = State.WAIT;

    // numbers that follow the one handed out last, and are handed out before anything is fetched
    private final int longest;
    private long[] run = NONE; // made when there is a number
    private int runAt;
    private int runEnd;
    private byte runKind;

    LazyResults(Pool pool, Call call, Cursor cursor, Feeder feeder, Form form) {
        this.pool = pool;
        this.call = call;
        this.form = form;
        longest = call.options().window() > 0 ? 0 : LONGEST_RUN; // a window is exact
        drive = new Drive(call, cursor, null);
        cleaning = Abandonment.CLEANER.register(this, new Cancelling(call, feeder));
        feeder.start();
    }

    /// What is done when the results are closed or abandoned; must not refer to them.
    private record Cancelling(Call call, Feeder feeder) implements Runnable {
        @Override
        public void run() {
            call.cancel(true);
            feeder.interrupt();
        }
    }

    @Override
    public boolean hasNext() {
        return runAt < runEnd
                || fetch(null) && (fetched != State.END || call.hasInputFailure());
    }

    @Override
    public R next() {
        if (runAt < runEnd) {
            return ofRun();
        }
        fetch(null);
        return take();
    }

    @Override
    public R next(Duration timeout) throws TimeoutException {
        if (runAt < runEnd) {
            return ofRun();
        }
        if (!fetch(Deadline.in(timeout))) {
            throw new TimeoutException("no result within " + timeout + "; nothing is lost");
        }
        return take();
    }

    @Override
    public void close() {
        cleaning.clean();
    }

    /// Fetches what comes next, as a number without boxing it.
    long nextNumber() {
        if (runAt < runEnd) {
            return run[runAt++];
        }
        fetch(null);
        if (fetched == State.VALUE) {
            fetched = State.WAIT;
            drive.handedOut(1);
            long number = drive.read().number();
            readRun();
            return number;
        }
        throw LazyResults.<RuntimeException>asIs(failed());
    }

    /// {@return whether the next result is there already}
    boolean isReady() {
        return runAt < runEnd || fetch(new Deadline(Deadline.now()));
    }

    private void readRun() {
        if (run.length < longest) {
            run = new long[longest];
        }
        runKind = drive.read().numberKind();
        runEnd = drive.read().readRun(run, 0, run.length);
    }

    @SuppressWarnings("unchecked") // the function's type was checked where the call was made
    private R ofRun() {
        return (R) BatchReader.boxed(runKind, run[runAt++]);
    }

    private boolean fetch(@Nullable Deadline deadline) {
        if (runEnd > 0) {
            drive.handedOut(runEnd);
            runAt = 0;
            runEnd = 0;
        }
        if (fetched == State.WAIT) {
            fetched = drive.next(deadline);
        }
        return fetched != State.WAIT;
    }

    // the function's type was checked where the call was made; null is a legal result
    @SuppressWarnings({"unchecked", "NullAway"})
    private R take() {
        boolean value = fetched == State.VALUE;
        if (!value && (fetched == State.END || form == Form.VALUES)) {
            throw LazyResults.<RuntimeException>asIs(failed());
        }
        fetched = State.WAIT;
        drive.handedOut(1);
        if (form == Form.VALUES) {
            return value();
        }
        return (R) (value
                ? new Outcome.Ok<>(drive.read().value(), Endings.item(call, drive.read()))
                : Endings.outcome(call, drive.read()));
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // as above
    private R value() {
        var read = drive.read();
        if (!read.isNumber()) {
            return (R) read.value();
        }
        var number = BatchReader.boxed(read.numberKind(), read.number());
        readRun();
        return (R) number;
    }

    private Throwable failed() {
        if (fetched == State.END) {
            var inputFailure = call.takeInputFailure();
            return inputFailure == null
                    ? new NoSuchElementException("there are no more results")
                    : inputFailure;
        }
        fetched = State.WAIT;
        drive.handedOut(1);
        return Endings.exception(call, drive.read());
    }

    /// Throws anything unwrapped, as the input threw it.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> RuntimeException asIs(Throwable thrown) throws X {
        throw (X) thrown;
    }

    /// The same, of numbers.
    static final class Numbers implements LongResults {
        private final LazyResults<Long> results;

        Numbers(LazyResults<Long> results) {
            this.results = results;
        }

        @Override
        public boolean hasNext() {
            return results.hasNext();
        }

        @Override
        public long nextLong() {
            return results.nextNumber();
        }

        @Override
        public void close() {
            results.close();
        }
    }
}
