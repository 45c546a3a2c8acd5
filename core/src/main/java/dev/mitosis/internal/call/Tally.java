package dev.mitosis.internal.call;

import dev.mitosis.OnError;

/// Counts what of one call has failed, and halts it when that is too much.
final class Tally {
    private static final int ENOUGH = 100; // units, for a share of them to mean something

    private final Call call;

    // guarded by the call's lock; the failures are read by any
    private volatile long failures;
    private long lastFailed;
    private long ended; // units that have their outcome, counted together with the failures

    Tally(Call call) {
        this.call = call;
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
    void failed(long index, int units) {
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
