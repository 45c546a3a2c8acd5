package dev.mitosis.internal.call;

import dev.mitosis.OnError;
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
    private record Attempt(
            Strip strip, int unit, Substitute substitute, Supplier<Verdict> verdict) {}

    private static final int ENOUGH = 100; // units, for a share of them to mean something

    private final Call call;

    // guarded by the call's lock; the failures are read by any
    private volatile long failures;
    private long lastFailed;
    private long ended; // units that have their outcome, counted together with the failures

    Recovery(Call call) {
        this.call = call;
    }

    // -- what goes wrong ---------------------------------------------------------------------

    /// An item cannot travel; it is a batch of its own.
    void refuse(Batch batch, Throwable refusal) {
        var substitute = new Substitute(0, 0);
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
        for (int at = 0; at < reply.length(); at = Records.after(reply.records(), at)) {
            byte kind = reply.records()[at];
            if ((kind & ~Kind.HUGE) != Kind.FAILED) {
                well += Kind.isOutcome(kind) ? 1 : 0;
            } else if (failed(strip, unit, reply, at, well)) {
                well = 0;
            } else {
                lastWord = false;
            }
            unit += Kind.isOutcome(kind) ? 1 : 0;
        }
        endedWell(well);
        return lastWord;
    }

    /// A unit's outcome is a failure; called before the outcome is published.
    ///
    /// @param well how many have ended well before it that are not counted yet
    /// @return whether the outcome is the last word
    private boolean failed(Strip strip, int unit, Strip.Reply reply, int at, int well) {
        Substitute substitute;
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
            } else {
                substitute.began(strip.part().attempt(), strip.part().pid());
            }
        } finally {
            call.lock.unlock();
        }
        if (substitute == null) {
            countFailure(strip.indexOf(unit), well + 1);
            return true;
        }
        byte[] record = Arrays.copyOfRange(reply.records(), at, Records.after(reply.records(), at));
        decideLater(new Attempt(strip, unit, substitute,
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
            wentWrong(new Attempt(strip, unit, substitute,
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
            substitute.began(strip.part().attempt(), strip.part().pid());
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
        countFailure(index, 0); // until now it was one of those that ended well
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
                decideLater(new Attempt(strip, unit, substitute, () -> stopped));
            }
        }
    }

    /// A retry has brought an outcome that is the last word.
    void retried(Strip strip) {
        boolean ended = locked(() -> {
            var substitute = substitute(strip, strip.from());
            return substitute != null && !substitute.isStopping() && substitute.end(strip);
        });
        if (ended) {
            call.settle(1, 0);
        }
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
        var substitute = new Substitute(strip.part().attempt(), strip.part().pid());
        strip.batch().substitute(unit, substitute);
        return substitute;
    }

    private void wentWrong(Attempt attempt) {
        Verdict stopped;
        boolean again;
        call.lock.lock();
        try {
            stopped = attempt.substitute().takeStopping();
            attempt.substitute().began(
                    attempt.strip().part().attempt(), attempt.strip().part().pid());
            again = mayRetry(attempt.strip());
        } finally {
            call.lock.unlock();
        }
        var verdict = stopped == null ? attempt.verdict().get() : stopped;
        if (again) {
            decideLater(new Attempt(
                    attempt.strip(), attempt.unit(), attempt.substitute(), () -> verdict));
        } else {
            finish(attempt.substitute(), verdict, attempt.strip().indexOf(attempt.unit()));
        }
    }

    /// Asks the user's predicate on a callback thread, and waits for the back-off.
    private void decideLater(Attempt attempt) {
        call.engine().callbacks().execute(() -> decide(attempt));
    }

    private void decide(Attempt attempt) {
        var verdict = attempt.verdict().get();
        var part = attempt.strip().part();
        var last = lastWord(attempt, verdict);
        if (last != null) {
            finish(attempt.substitute(), last, attempt.strip().indexOf(attempt.unit()));
            return;
        }
        long wait = call.options().backoff().after(part.attempt()).toNanos();
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
                Endings.facts(call, attempt.strip(), attempt.unit()), verdict);
        try {
            return predicate.test(failure) ? null : verdict;
        } catch (Throwable e) {
            // an item whose fate nobody knows would keep its call waiting for ever
            e.addSuppressed(failure);
            return new Verdict.Failed(e);
        }
    }

    /// @param alone whether it may have been the item that killed its worker
    private void tryAgain(Attempt attempt, boolean alone) {
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
            countFailure(index, 1); // before it can be read: perhaps nothing behind it may be
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

    /// {@return how many units have failed so far}
    long failures() {
        return failures;
    }

    /// Counts units that have ended well: a share of failures may be too large now that it counts.
    void endedWell(int units) {
        if (units > 0 && call.onError() instanceof OnError.HaltAfterPercent) {
            count(units, -1);
        }
    }

    /// Counts a failure, and units that have ended until then, itself included: were they counted
    /// later, the share would depend on how many outcomes come together.
    private void countFailure(long index, int units) {
        call.engine().counted(-1, 1);
        count(units, index);
    }

    /// @param failed the index of the one among them that has failed, or -1
    private void count(int units, long failed) {
        boolean halt;
        long from;
        call.lock.lock();
        try {
            ended += units;
            if (failed >= 0) {
                long before = failures;
                failures = before + 1;
                lastFailed = failed;
            }
            from = lastFailed + 1;
            halt = switch (call.onError()) {
                case OnError.FailFast() -> true;
                case OnError.Collect() -> false;
                case OnError.HaltAfter(long most) -> failures >= most;
                case OnError.HaltAfterPercent(double percent) ->
                        ended >= ENOUGH && failures * 100.0 > percent * ended;
            };
        } finally {
            call.lock.unlock();
        }
        if (halt) {
            call.halt(from);
        }
    }
}
