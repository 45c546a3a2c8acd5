package dev.mitosis.examples;

import dev.mitosis.Pool;
import dev.mitosis.Task;
import dev.mitosis.TaskFailedException;
import java.util.concurrent.CompletionException;

/// Single tasks in the background: a task is a `CompletableFuture`.
///
/// What a worker throws arrives as the cause of a `TaskFailedException`. It prints:
///
/// ```text
/// Point[x=3.0, y=4.0] is 5.0 from the origin
/// java.lang.ArithmeticException: / by zero
/// ```
final class OneTask {
    private record Point(double x, double y) {
        String distance() {
            return this + " is " + Math.hypot(x, y) + " from the origin";
        }
    }

    private OneTask() {}

    // @start region="task"
    static void main() {
        try (Pool pool = Pool.open(1)) {
            Task<Point> point = pool.applyAsync(() -> new Point(3, 4));
            Task<Integer> quotient = pool.applyAsync(zero -> 1 / zero, 0);

            IO.println(point.thenApply(Point::distance).join());
            try {
                quotient.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof TaskFailedException failure) {
                    IO.println(failure.getCause());
                }
            }
        }
    }
    // @end
}
