package dev.mitosis.bench.torture;

import dev.mitosis.ItemException;
import dev.mitosis.Outcome;
import java.time.Duration;

/// Where the outcomes of one call are judged, one after another, each also a step of progress.
///
/// @param judge judges the items
/// @param findings takes what is wrong with the call as a whole
/// @param progress is told of each step
record Court(Judge judge, Findings findings, Progress progress) {
    /// An item returned a value.
    void ok(Call call, long n, Object value) {
        var item = new Outcome.Item(n - call.from(), 1, 0, Duration.ZERO, Duration.ZERO);
        outcome(call, n, new Outcome.Ok<>(value, item));
    }

    /// An item has an outcome.
    void outcome(Call call, long n, Outcome<?> outcome) {
        progress.step();
        judge.judge(call, n, outcome);
    }

    /// A verb threw for an item; others may be suppressed.
    void failed(Call call, ItemException e) {
        progress.step();
        judge.judge(call, e);
        for (var other : e.getSuppressed()) {
            if (other instanceof ItemException item) {
                judge.judge(call, item);
            }
        }
    }

    /// Something must hold for the call as a whole.
    void require(boolean holds, Call call, String otherwise) {
        if (!holds) {
            findings.add(call + ": " + otherwise);
        }
    }
}
