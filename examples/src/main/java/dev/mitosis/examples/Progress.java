package dev.mitosis.examples;

import dev.mitosis.Pool;
import dev.mitosis.WorkerContext;
import java.util.List;

/// Messages from a task that runs.
///
/// It prints:
///
/// ```text
/// 1 of 3 is done
/// 2 of 3 is done
/// 3 of 3 is done
/// all of it: 6
/// ```
final class Progress {
    private record Done(int part, int of) {}

    private Progress() {}

    // @start region="progress"
    static void main() {
        try (Pool pool = Pool.open(1)) {
            int sum = pool.with(o -> o.withListener(Progress::print))
                    .apply(Progress::add, List.of(1, 2, 3));
            IO.println("all of it: " + sum);
        }
    }

    private static int add(List<Integer> numbers) {
        int sum = 0;
        for (int i = 0; i < numbers.size(); i++) {
            sum += numbers.get(i);
            WorkerContext.current().emit(new Done(i + 1, numbers.size()));
        }
        return sum;
    }

    private static void print(Object message) {
        if (message instanceof Done(int part, int of)) {
            IO.println(part + " of " + of + " is done");
        }
    }
    // @end
}
