package dev.mitosis.contract.verbs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.Backend;
import dev.mitosis.Pool;
import dev.mitosis.contract.PoolContract;
import dev.mitosis.contract.verbs.AnyVerb.Trait;
import dev.mitosis.contract.verbs.Work.Item;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Ledger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/// Calls of every verb in which one item does something, and how they must end.
abstract class EveryVerb extends PoolContract {
    /// What a call showed.
    ///
    /// @param values in the order in which they came
    /// @param failures of items, or of the call
    record Seen(List<Long> values, List<Failure> failures) {}

    @TempDir
    static Path directory; // until the pool is closed

    private Ledger ledger;

    /// {@return the verbs, one signature of each}
    static Stream<AnyVerb> verbs() {
        return Stream.of(AnyVerb.values()).filter(verb -> !verb.has(Trait.OVERLOAD));
    }

    final boolean hasProcesses() {
        return backend().equals(Backend.processes());
    }

    /// {@return what the workers have noted since the last [#work]}
    final List<Long> started() {
        return ledger.notes().stream().map(Long::valueOf).toList();
    }

    /// {@return a function}
    ///
    /// @param deed what one item does
    final Work work(Deed deed) {
        return work(deed, new Gate.Door("nowhere"));
    }

    final Work work(Deed deed, Gate.Door door) {
        ledger = Ledger.in(directory);
        return new Work(deed, door, ledger, "");
    }

    /// {@return the input of a call}
    ///
    /// @param verb the verb
    /// @param content what travels with the item at the place
    static List<Item> items(AnyVerb verb, Object content) {
        return LongStream.range(0, Work.COUNT)
                .filter(n -> n == Work.PLACE || !verb.has(Trait.ONE))
                .mapToObj(n -> new Item(n, n == Work.PLACE ? content : ""))
                .toList();
    }

    /// {@return the pool as a verb is called on it: folds by single items, so that these have their own failures}
    ///
    /// @param verb the verb
    final Pool view(AnyVerb verb) {
        return verb.has(Trait.FOLD) ? patient().with(o -> o.withChunkSize(1)) : patient();
    }

    /// Makes a call and waits for its end.
    ///
    /// @param verb the verb
    /// @param pool the pool
    /// @param work its function
    /// @param items its input
    /// @return what it showed
    static Seen see(AnyVerb verb, Pool pool, Work work, Iterable<Item> items) {
        try {
            return seen(verb.start(pool, work, items));
        } catch (Exception e) {
            return new Seen(List.of(), List.of(Failure.of(e)));
        }
    }

    /// Waits for the end of a call.
    ///
    /// @param running the call
    /// @return what it showed
    static Seen seen(Running running) {
        var values = new ArrayList<Long>();
        var failures = new ArrayList<Failure>();
        try {
            for (var one : running.await()) {
                if (one instanceof Failure failure) {
                    failures.add(failure);
                } else {
                    values.add((Long) one);
                }
            }
        } catch (ExecutionException e) {
            failures.add(Failure.of(e.getCause()));
        } catch (Exception e) {
            failures.add(Failure.of(e));
        }
        return new Seen(values, failures);
    }

    /// Makes a call in which one item does something, and fails unless that item failed and no other.
    ///
    /// @param verb the verb
    /// @param pool the pool
    /// @param work its function
    /// @param items its input
    /// @return how the item failed
    final Failure failure(AnyVerb verb, Pool pool, Work work, Iterable<Item> items) {
        var seen = see(verb, pool, work, items);

        assertEquals(1, seen.failures().size(), seen.toString());
        var failure = seen.failures().getFirst();
        assertEquals(verb.has(Trait.ONE) ? 0 : Work.PLACE, failure.index(), failure.toString());
        if (verb.has(Trait.LAZY)) {
            assertEquals(othersOf(verb), inOrder(verb, seen.values()));
        } else {
            assertEquals(List.of(), seen.values());
        }
        assertWorks(verb, pool);
        return failure;
    }

    /// Fails unless a verb gives all values.
    ///
    /// @param verb the verb
    /// @param pool the pool
    final void assertWorks(AnyVerb verb, Pool pool) {
        var seen = see(verb, pool, work(Deed.RETURNS), items(verb, ""));

        assertEquals(List.of(), seen.failures());
        assertEquals(items(verb, "").stream().map(Item::number).toList(), inOrder(verb, seen.values()));
    }

    private static List<Long> othersOf(AnyVerb verb) {
        return items(verb, "").stream().map(Item::number).filter(n -> n != Work.PLACE).toList();
    }

    private static List<Long> inOrder(AnyVerb verb, List<Long> values) {
        return verb.has(Trait.UNORDERED) ? values.stream().sorted().toList() : values;
    }
}
