package dev.mitosis.bench.torture;

import dev.mitosis.ItemException;
import dev.mitosis.NotReadableException;
import dev.mitosis.NotShippableException;
import dev.mitosis.Outcome;
import dev.mitosis.TaskFailedException;
import dev.mitosis.TaskTimeoutException;
import dev.mitosis.WorkerDiedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says whether what became of an item may have become of it.
///
/// Any item may die with a worker that the monkey killed, and any item with a time-out may run out
/// of time on a worker that the monkey stopped, or on a machine as busy as this one. Everything
/// else follows from what the item does.
final class Judge {
    private final Set<Long> killed;
    private final Tally tally;
    private final Findings findings;

    /// Makes a judge.
    ///
    /// @param killed the processes that the monkey has killed, or is about to
    Judge(Set<Long> killed, Tally tally, Findings findings) {
        this.killed = killed;
        this.tally = tally;
        this.findings = findings;
    }

    /// Judges an item of a call by its outcome.
    void judge(Call call, long n, Outcome<?> outcome) {
        var act = call.deeds().act(n);
        tally.count("item " + act + " " + outcome.getClass().getSimpleName());
        var complaint = complaint(call, n, act, outcome);
        if (complaint != null) {
            findings.add(call + ": item " + n + ", which does " + act + ", " + complaint
                    + ": " + outcome);
        }
    }

    /// Judges an item by what a verb threw for it.
    void judge(Call call, ItemException e) {
        judge(call, call.from() + e.index(), outcomeOf(e));
    }

    private static Outcome<Object> outcomeOf(ItemException e) {
        var item = new Outcome.Item(e.index(), e.attempts(), e.pid(), Duration.ZERO, Duration.ZERO);
        return switch (e) {
            case TaskFailedException _ ->
                    new Outcome.Failed<>(Objects.requireNonNull(e.getCause()), item);
            case TaskTimeoutException late ->
                    new Outcome.TimedOut<>(late.limit(), late.stackDump(), item);
            case WorkerDiedException dead -> new Outcome.Died<>(dead.report(), item);
        };
    }

    private @Nullable String complaint(Call call, long n, Act act, Outcome<?> outcome) {
        if (outcome.item().attempts() > call.retries() + 1) {
            return "was tried " + outcome.item().attempts() + " times";
        }
        if (call.from() + outcome.item().index() != n) {
            return "came with index " + outcome.item().index();
        }
        return switch (outcome) {
            case Outcome.Ok<?>(var value, _) ->
                    act.answers() && value.equals(call.deeds().answer(n))
                            ? null : "has a wrong result";
            case Outcome.Failed<?>(var why, _) -> fails(call, act, n, why) ? null : "failed";
            case Outcome.TimedOut<?> late -> complaint(call, act, late);
            case Outcome.Died<?> dead -> complaint(call, act, dead);
            case Outcome.Cancelled<?> _ -> "is cancelled, and nobody did";
        };
    }

    private @Nullable String complaint(Call call, Act act, Outcome.TimedOut<?> late) {
        if (!Act.ENDLESS.contains(act)) {
            tally.count("item out of time without its own fault");
        }
        return late.limit().equals(call.timeout()) ? null : "ran out of a time it does not have";
    }

    private @Nullable String complaint(Call call, Act act, Outcome.Died<?> dead) {
        long pid = dead.report().pid();
        int code = dead.report().exitCode().orElse(-1);
        if (killed.contains(pid)) {
            tally.count("item died with a worker that the monkey killed");
            return null;
        }
        int expected = switch (act) {
            case EXIT -> Act.EXIT_CODE;
            case HALT -> Act.HALT_CODE;
            case KILL -> Act.KILLED;
            case ALLOCATE -> call.tenancy().exits() ? Act.HEAP_EXHAUSTED : -2;
            default -> -2;
        };
        return code == expected ? null : "died with code " + code;
    }

    private static boolean fails(Call call, Act act, long n, Throwable why) {
        return switch (act) {
            case THROW -> why instanceof IOException && ("item " + n).equals(why.getMessage());
            case RECURSE -> why instanceof StackOverflowError;
            case UNSERIALIZABLE -> why instanceof NotShippableException;
            case UNREADABLE -> why instanceof NotReadableException;
            case ALLOCATE -> !call.tenancy().exits() && why instanceof OutOfMemoryError;
            default -> false;
        };
    }
}
