package dev.mitosis.contract.product;

import dev.mitosis.Args;
import dev.mitosis.ItemException;
import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.contract.product.Subject.Item;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// The verbs, each as a call of which one sees what a user would.
enum Verb {
    APPLY {
        @Override
        Seen call(Pool pool, Subject subject, List<Item> items) {
            Object value = pool.apply(item -> subject.apply(item), items.getFirst());
            return Seen.values(List.of(value));
        }
    },
    MAP {
        @Override
        Seen call(Pool pool, Subject subject, List<Item> items) {
            return Seen.values(pool.map(item -> subject.apply(item), items));
        }
    },
    MAP_ASYNC {
        @Override
        Seen call(Pool pool, Subject subject, List<Item> items) throws Exception {
            return Seen.values(pool.mapAsync(item -> subject.apply(item), items).get());
        }
    },
    STARMAP {
        @Override
        Seen call(Pool pool, Subject subject, List<Item> items) {
            var pairs = items.stream().map(item -> Args.of(item, 1)).toList();
            return Seen.values(pool.starmap((item, _) -> subject.apply(item), pairs));
        }
    },
    IMAP {
        @Override
        Seen call(Pool pool, Subject subject, List<Item> items) {
            return Seen.each(pool.imap(item -> subject.apply(item), items));
        }
    },
    IMAP_UNORDERED {
        @Override
        Seen call(Pool pool, Subject subject, List<Item> items) {
            return Seen.each(pool.imapUnordered(item -> subject.apply(item), items));
        }
    },
    OUTCOMES {
        @Override
        Seen call(Pool pool, Subject subject, List<Item> items) {
            try (var outcomes = pool.outcomes(item -> subject.apply(item), items)) {
                return new Seen.Items(outcomes.stream().map((Outcome<?> outcome) -> Told.by(outcome)).toList());
            }
        }
    },
    MAP_REDUCE {
        @Override
        Seen call(Pool pool, Subject subject, List<Item> items) {
            return new Seen.Folded(pool.mapReduce(item -> subject.fold(item), (a, b) -> a + b, "", items));
        }
    };

    abstract Seen call(Pool pool, Subject subject, List<Item> items) throws Exception;

    /// {@return what a call shows, whether it returns or throws}
    final Seen run(Pool pool, Subject subject, List<Item> items) throws Exception {
        try {
            return call(pool, subject, items);
        } catch (ItemException e) {
            return Seen.thrown(e);
        } catch (ExecutionException e) {
            return Seen.thrown((ItemException) e.getCause());
        }
    }

    /// {@return whether failures come one by one, in their places}
    boolean isLazy() {
        return this == IMAP || this == IMAP_UNORDERED || this == OUTCOMES;
    }
}
