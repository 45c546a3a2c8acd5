package dev.mitosis.bench.storm;

import dev.mitosis.ItemException;
import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.Results;
import dev.mitosis.WorkerDiedException;
import java.util.List;

/// The verbs that a storm goes over, and how their results are read, continuously.
enum Reading {
    OUTCOMES {
        @Override
        void read(Pool pool, StormItem item, List<Integer> items, Seen seen) {
            try (var outcomes = pool.outcomes(item, items)) {
                while (outcomes.hasNext()) {
                    see(outcomes.next(), seen);
                }
            }
        }
    },
    IMAP {
        @Override
        void read(Pool pool, StormItem item, List<Integer> items, Seen seen) {
            try (var results = pool.imap(item, items)) {
                readAll(results, seen);
            }
        }
    },
    UNORDERED {
        @Override
        void read(Pool pool, StormItem item, List<Integer> items, Seen seen) {
            try (var results = pool.imapUnordered(item, items)) {
                readAll(results, seen);
            }
        }

        @Override
        boolean isOrdered() {
            return false;
        }
    };

    /// Makes the call, and tells of each item's end when it can be read.
    abstract void read(Pool pool, StormItem item, List<Integer> items, Seen seen);

    boolean isOrdered() {
        return true;
    }

    private static void see(Outcome<Integer> outcome, Seen seen) {
        var item = outcome.item();
        switch (outcome) {
            case Outcome.Ok<Integer> ok -> {
                seen.requirePlace(item.index(), ok.value());
                seen.ok(ok.value(), item.attempts());
            }
            case Outcome.Died<Integer> _ -> seen.died(item.index(), item.pid(), item.attempts());
            case Outcome.Failed<Integer> _, Outcome.TimedOut<Integer> _,
                    Outcome.Cancelled<Integer> _ -> seen.odd(item.index(), outcome);
        }
    }

    private static void readAll(Results<Integer> results, Seen seen) {
        while (results.hasNext()) {
            try {
                seen.ok(results.next(), Seen.UNKNOWN);
            } catch (WorkerDiedException e) {
                seen.died(e.index(), e.pid(), e.attempts());
            } catch (ItemException e) {
                seen.odd(e.index(), e);
            }
        }
    }
}
