package dev.mitosis.internal.call;

import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.codec.Records;
import dev.mitosis.internal.schedule.Part;
import dev.mitosis.spi.CrewListener.Death;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What becomes of the items of one call that do not end well: retries, verdicts, halts.
///
/// The same for exceptions, time-outs and deaths, for every verb and every back-end.
final class Recovery {
    /// An attempt at a unit that went wrong, and what the verdict is if there is no other.
    ///
    /// @param index of the item that has failed, which in a fold is one of the unit's
    private record Attempt(Strip strip, int unit, long index, Substitute substitute,
            Supplier<Verdict> verdict) {}

    private final Call call;
    private final Tally tally;

    Recovery(Call call) {
        this.call = call;
        this.tally = new Tally(call);
    }

    /// {@return the count of what has failed}
    Tally tally() {
        return tally;
    }

    // -- what goes wrong ---------------------------------------------------------------------

    /// An item cannot travel; it is a batch of its own.
    void refuse(Batch batch, Throwable refusal) {
        var substitute = new Substitute(batch.base(), 0, 0);
        call.lock.lock();
        try {
            batch.substitute(0, substitute);
        } finally {
            call.lock.unlock();
        }
        finish(substitute, new Verdict.Failed(refusal), batch.base());
    }

    /// Looks for failures among outcomes, before they are published.
    ///
    /// @return whether all of them are the last word on their units
    boolean note(Strip strip, Strip.Reply reply) {
        int unit = strip.from() + strip.available();
        boolean lastWord = true;
        int well = 0; // units since the last failure that was counted
        long place = strip.takePlace(); // of the item that the next failure is about, or -1
        for (int at = 0; at < reply.length(); at = Records.after(reply.records(), at)) {
            byte kind = reply.records()[at];
            if (kind == Kind.AT) {
                place = Records.place(reply.records(), at);
            } else if ((kind & ~Kind.HUGE) != Kind.FAILED) {
                well += Kind.isOutcome(kind) ? 1 : 0;
            } else if (failed(strip, unit, new Failure(reply.records(), at, place), well)) {
                well = 0;
            } else {
                lastWord = false;
            }
            unit += Kind.isOutcome(kind) ? 1 : 0;
        }
        tally.endedWell(well);
        return lastWord;
    }

    /// The record of a failure.
    ///
    /// @param place of the item that it is about, or -1 if it is the unit's only one
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Failure(byte[] records, int at, long place) {
        byte[] copy() {
            return Arrays.copyOfRange(records, at, Records.after(records, at));
        }
    }

    /// A unit's outcome is a failure; called before the outcome is published.
    ///
    /// @param well how many have ended well before it that are not counted yet
    /// @return whether the outcome is the last word
    private boolean failed(Strip strip, int unit, Failure failure, int well) {
        Substitute substitute;
        long index = failure.place() < 0 ? strip.indexOf(unit) : failure.place();
        call.lock.lock();
        try {
            substitute = substitute(strip, unit);
            if (substitute != null && (substitute.isDecided() || substitute.isStopping())) {
                return false; // it ran out of time: that verdict stands
            }
            if (!mayRetry(strip)) {
                substitute = null;
            } else if (substitute == null) {
                substitute = newSubstitute(strip, unit);
            }
            if (substitute != null) {
                substitute.began(strip.part(), index);
            }
        } finally {
            call.lock.unlock();
        }
        if (substitute == null) {
            tally.failed(strip.indexOf(unit), well + 1);
            return true;
        }
        byte[] record = failure.copy();
        decideLater(new Attempt(strip, unit, index, substitute,
                () -> new Verdict.Failed(Endings.readFailure(
                        record, call.loader(), call.engine().resultFilter()))));
        return false;
    }

    /// A worker is gone, and with it, perhaps, the unit that it was running.
    ///
    /// @param death the death if the next unit was running, or null
    void lost(Strip strip, @Nullable Death death) {
        int unit = strip.from() + strip.available();
        Strip rest = null;
        Substitute substitute = null;
        call.lock.lock();
        try {
            int next = unit + (death == null ? 0 : 1);
            if (next < strip.to()) {
                rest = strip.again(next, strip.to(), strip.part().attempt());
            }
            strip.end(unit);
            call.released(strip.dropUnfinished());
            if (death != null) {
                substitute = substitute(strip, unit);
                substitute = substitute == null ? newSubstitute(strip, unit) : substitute;
            }
        } finally {
            call.lock.unlock();
        }
        if (rest != null) {
            call.engine().dispatcher().add(rest.part(), true);
        }
        if (death != null && substitute != null) {
            wentWrong(new Attempt(strip, unit, strip.indexOf(unit), substitute,
                    () -> new Verdict.Died(death, strip.part().seat())));
        }
    }

    /// Items were taken back from a worker that has not begun them: they run elsewhere, as the same
    /// attempt.
    ///
    /// @param first of the strip's items, the first of them
    /// @param most how many to give to a worker together
    void tookBack(Strip strip, int first, int most) {
        var parts = new ArrayList<Part>();
        call.lock.lock();
        try {
            int from = strip.from() + first;
            for (int end = strip.to(); end > from; ) { // no more if the worker has died since
                int begin = Math.max(from, end - most);
                parts.add(strip.again(begin, end, strip.part().attempt()).part());
                end = begin;
                strip.end(begin);
            }
        } finally {
            call.lock.unlock();
        }
        parts.forEach(part -> call.engine().dispatcher().add(part, true));
    }

    /// A unit has run longer than its time-out and is being stopped.
    void expired(Strip strip, int at, CompletableFuture<String> dump) {
        var limit = call.options().timeout();
        int unit = strip.isFold() ? strip.from() : strip.from() + at;
        if (limit == null) {
            return;
        }
        var verdict = new Verdict.TimedOut(limit, dump);
        Substitute substitute;
        call.lock.lock();
        try {
            if (unit < strip.from() + strip.available()) {
                return; // Guard against race with its outcome
            }
            substitute = substitute(strip, unit);
            substitute = substitute == null ? newSubstitute(strip, unit) : substitute;
            substitute.began(strip.part(), strip.indexOf(unit));
            if (mayRetry(strip)) {
                substitute.stop(verdict);
                return;
            }
        } finally {
            call.lock.unlock();
        }
        finish(substitute, verdict, strip.indexOf(unit));
    }

    /// An outcome turned out to be unreadable when its consumer came to it. Its worker has long
    /// gone on, so it is not tried again; but it counts as a failure.
    void unreadable(long index) {
        tally.failed(index, 0); // until now it was one of those that ended well
    }

    /// Units of a strip have ended, among them perhaps one that was being stopped.
    void unitsEnded(Strip strip) {
        for (int unit = strip.from(); unit < strip.from() + strip.available(); unit++) {
            Substitute substitute;
            Verdict stopped;
            call.lock.lock();
            try {
                substitute = substitute(strip, unit);
                stopped = substitute == null ? null : substitute.takeStopping();
            } finally {
                call.lock.unlock();
            }
            if (substitute != null && stopped != null) {
                decideLater(new Attempt(
                        strip, unit, strip.indexOf(unit), substitute, () -> stopped));
            }
        }
    }

    /// A retry has brought an outcome that is the last word.
    void retried(Strip strip) {
        if (locked(() -> isTaken(strip))) {
            call.settle(1, 0);
        }
    }

    private boolean isTaken(Strip retry) {
        var substitute = substitute(retry, retry.from());
        boolean taken = substitute != null && !substitute.isStopping() && substitute.end(retry);
        call.released(taken ? 0 : retry.dropUnread());
        return taken;
    }

    /// A part was withdrawn before it was sent.
    void withdrawn(Strip strip) {
        if (strip.isRetry()) {
            var substitute = locked(() -> substitute(strip, strip.from()));
            if (substitute != null) {
                finish(substitute, new Verdict.Cancelled(), strip.indexOf(strip.from()));
            }
            return;
        }
        strip.withdraw();
        call.settle(0, strip.to() - strip.from());
    }

    // -- what is done about it ---------------------------------------------------------------

    private boolean mayRetry(Strip strip) {
        return strip.part().attempt() <= call.options().retries()
                && strip.part().index() < call.limit();
    }

    private @Nullable Substitute substitute(Strip strip, int unit) {
        return strip.batch().substitute(unit);
    }

    private Substitute newSubstitute(Strip strip, int unit) {
        var part = strip.part();
        var substitute = new Substitute(strip.indexOf(unit), part.attempt(), part.pid());
        strip.batch().substitute(unit, substitute);
        return substitute;
    }

    private void wentWrong(Attempt attempt) {
        Verdict stopped;
        boolean again;
        call.lock.lock();
        try {
            stopped = attempt.substitute().takeStopping();
            attempt.substitute().began(attempt.strip().part(), attempt.index());
            again = mayRetry(attempt.strip());
        } finally {
            call.lock.unlock();
        }
        var verdict = stopped == null ? attempt.verdict().get() : stopped;
        if (again) {
            decideLater(new Attempt(attempt.strip(), attempt.unit(), attempt.index(),
                    attempt.substitute(), () -> verdict));
        } else {
            finish(attempt.substitute(), verdict, attempt.strip().indexOf(attempt.unit()));
        }
    }

    /// Asks the user's predicate on a callback thread, and waits for the back-off.
    private void decideLater(Attempt attempt) {
        call.engine().callbacks().execute(() -> decide(attempt));
    }

    /// An item whose fate nobody knew would keep its call waiting for ever.
    private void decide(Attempt attempt) {
        try {
            decideNow(attempt);
        } catch (Throwable e) {
            finish(attempt.substitute(), new Verdict.Failed(e),
                    attempt.strip().indexOf(attempt.unit()));
        }
    }

    private void decideNow(Attempt attempt) {
        var verdict = attempt.verdict().get();
        var part = attempt.strip().part();
        var last = lastWord(attempt, verdict);
        if (last != null) {
            finish(attempt.substitute(), last, attempt.strip().indexOf(attempt.unit()));
            return;
        }
        long wait = Deadline.nanos(call.options().backoff().after(part.attempt()));
        var callbacks = call.engine().callbacks();
        (wait == 0
                        ? callbacks
                        : CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS, callbacks))
                .execute(() -> tryAgain(attempt, verdict instanceof Verdict.Died));
    }

    /// Asks the predicate.
    ///
    /// @return the verdict, or null if there is to be another attempt
    private @Nullable Verdict lastWord(Attempt attempt, Verdict verdict) {
        var predicate = call.options().retryOn();
        if (predicate == null) {
            return null;
        }
        var failure = Endings.exception(
                Endings.facts(call, attempt.strip(), attempt.index()), verdict);
        try {
            return predicate.test(failure) ? null : verdict;
        } catch (Throwable e) {
            e.addSuppressed(failure);
            return new Verdict.Failed(e);
        }
    }

    /// @param alone whether it may have been the item that killed its worker
    private void tryAgain(Attempt attempt, boolean alone) {
        if (call.broken() != null) {
            return; // terminated while it waited: nobody withdraws what comes now
        }
        int next = attempt.strip().part().attempt() + 1;
        Part part;
        call.lock.lock();
        try {
            part = attempt.strip().retry(attempt.unit(), next).part();
        } finally {
            call.lock.unlock();
        }
        if (alone) {
            part.runAlone();
        }
        call.engine().dispatcher().add(part, true);
    }

    private void finish(Substitute substitute, Verdict verdict, long index) {
        boolean cancelled = index >= call.limit() || verdict instanceof Verdict.Cancelled;
        if (!locked(substitute::claim)) {
            return;
        }
        if (!cancelled) {
            tally.failed(index, 1); // before it can be read: perhaps nothing behind it may be
        }
        var _ = locked(() -> {
            substitute.end(cancelled ? new Verdict.Cancelled() : verdict);
            return true;
        });
        call.settle(cancelled ? 0 : 1, cancelled ? 1 : 0);
    }

    private <T extends @Nullable Object> T locked(Supplier<T> step) {
        call.lock.lock();
        try {
            return step.get();
        } finally {
            call.lock.unlock();
        }
    }
}
