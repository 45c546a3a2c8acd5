package dev.mitosis.examples;

import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import java.time.Duration;
import java.util.List;

/// One verdict an item, whatever the item does: no item makes this loop throw.
///
/// It prints:
///
/// ```text
/// item 0 is 1
/// item 1 failed: java.lang.IllegalStateException: two
/// item 2 died with code 3
/// item 3 ran longer than PT2S
/// item 4 is 25
/// ```
final class Outcomes {
    private Outcomes() {}

    // @start region="outcomes"
    static void main() {
        var limit = Duration.ofSeconds(2);
        try (Pool pool = Pool.open(2);
                var outcomes = pool.with(o -> o.withTimeout(limit))
                        .outcomes(Outcomes::square, List.of(1, 2, 3, 4, 5))) {
            for (var outcome : outcomes) {
                IO.println("item " + outcome.item().index() + " " + verdict(outcome));
            }
        }
    }

    private static String verdict(Outcome<Integer> outcome) {
        return switch (outcome) {
            case Outcome.Ok(var value, _) -> "is " + value;
            case Outcome.Failed(var exception, _) -> "failed: " + exception;
            case Outcome.TimedOut(var time, _, _) -> "ran longer than " + time;
            case Outcome.Died(var report, _) -> "died with code " + report.exitCode().orElse(-1);
            case Outcome.Cancelled(_) -> "was cancelled";
        };
    }

    private static int square(int n) throws InterruptedException {
        switch (n) {
            case 2 -> throw new IllegalStateException("two");
            case 3 -> Runtime.getRuntime().halt(3);
            case 4 -> Thread.sleep(Duration.ofHours(1));
            default -> { }
        }
        return n * n;
    }
    // @end
}
