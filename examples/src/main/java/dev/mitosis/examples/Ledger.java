package dev.mitosis.examples;

import dev.mitosis.Args;
import dev.mitosis.Pool;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An object that lives in the caller's process and is called by tasks.
///
/// It prints:
///
/// ```text
/// {food=60, rent=500}
/// ```
final class Ledger {
    private Ledger() {}

    // @start region="ledger"
    interface Accounts {
        long book(String account, long amount);
    }

    private static final class InMemory implements Accounts {
        private final Map<String, Long> sums = new TreeMap<>();

        @Override
        public synchronized long book(String account, long amount) { // callers come together
            return sums.merge(account, amount, Long::sum);
        }
    }

    static void main() {
        try (Pool pool = Pool.open(2)) {
            InMemory ours = new InMemory();
            Accounts accounts = pool.host(Accounts.class, ours); // this travels, not the object
            pool.starmap((account, amount) -> accounts.book(account, amount),
                    List.of(Args.of("food", 20), Args.of("rent", 500), Args.of("food", 40)));
            IO.println(ours.sums);
        }
    }
    // @end
}
