package dev.mitosis.contract.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.contract.product.Subject.Item;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/// Says what a call must show: a page that knows nothing of workers, batches, windows and threads.
///
/// Neither the chunk size nor the window occurs in it: they change nothing that can be seen.
final class Model {
    private final Combination call;
    private final List<Item> items;
    private final List<Told> all; // how each item ends, if nothing halts the call before
    private final List<Told> failing;
    private final boolean halts;

    Model(Combination call) {
        this.call = call;
        this.items = call.items();
        this.all = items.stream().map(this::ending).toList();
        this.failing = all.stream().filter(told -> !told.isOk()).toList();
        this.halts = switch (call.effectiveRule()) {
            case FAIL_FAST -> !failing.isEmpty();
            case HALT_AFTER_TWO -> failing.size() >= 2;
            // a share is only looked at when a hundred items have ended
            case OF_THE_VERB, COLLECT, HALT_AFTER_PERCENT -> false;
        };
    }

    private Told ending(Item item) {
        var behaviour = item.behaviour();
        if (behaviour == Behaviour.STUCK_ITEM) {
            return new Told(item.number(), 0, behaviour.ending(1));
        }
        for (int start = 1; ; start++) {
            var ending = behaviour.ending(start);
            if (ending.equals(Told.OK) || !behaviour.mayBeTriedAgain()
                    || start > call.retries() || !call.retryOn().accepts(isException(ending))) {
                return new Told(item.number(), start, ending);
            }
        }
    }

    private static boolean isException(String ending) {
        return !ending.equals(Told.TIMED_OUT) && !ending.equals(Told.DIED);
    }

    /// Fails unless a call showed what it must.
    ///
    /// @param seen what it showed
    /// @param subject knows which items were started
    void check(Seen seen, Subject subject) {
        switch (seen) {
            case Seen.Thrown(var first, var others) -> checkThrown(first, others);
            case Seen.Folded(var value) -> {
                assertEquals(List.of(), failing, "it must throw");
                assertEquals(items.stream().map(item -> item.number() + ";").collect(Collectors.joining()), value);
            }
            case Seen.Items(var told) when call.verb() == Verb.IMAP_UNORDERED -> checkUnordered(told);
            case Seen.Items(var told) when call.verb().isLazy() -> checkOrdered(told);
            case Seen.Items(var told) -> assertEquals(all, told);
        }
        if (call.verb() != Verb.MAP_REDUCE) {
            checkStarts(subject);
        }
    }

    /// The lowest that fails is thrown; others are reported as far as they were run.
    private void checkThrown(Told first, List<Told> others) {
        assertTrue(!call.verb().isLazy() && !failing.isEmpty(), () -> "nothing must be thrown, but was " + first);
        var lowest = failing.getFirst();
        if (call.verb() == Verb.MAP_REDUCE && !isException(first.ending())) {
            assertTrue(first.index() <= lowest.index(), () -> first + " begins a block with " + lowest);
            assertEquals(new Told(lowest.index(), first.attempts(), first.ending()), lowest);
        } else {
            assertEquals(lowest, first);
        }
        var rest = failing.subList(1, failing.size());
        assertTrue(rest.containsAll(others), () -> others + " are not all of " + rest);
        assertTrue(halts || others.equals(rest), () -> others + " are not " + rest);
    }

    /// All up to where the call was halted, which is just above an item that failed.
    private void checkOrdered(List<Told> told) {
        if (!halts) {
            assertEquals(all, told);
            return;
        }
        assertEquals(all.subList(0, told.size()), told);
        assertTrue(!told.isEmpty() && !told.getLast().isOk(), () -> "not halted by a failure: " + told);
        if (call.effectiveRule() == Combination.Rule.FAIL_FAST) {
            assertEquals(failing.getFirst(), told.getLast());
        }
    }

    /// Each once; below where the call was halted all, above it some.
    private void checkUnordered(List<Told> told) {
        var sorted = told.stream().sorted(Comparator.comparing(Told::index)).toList();
        if (!halts) {
            assertEquals(all, sorted);
            return;
        }
        assertEquals(new HashSet<>(told).size(), told.size(), () -> "told twice: " + told);
        assertTrue(all.containsAll(told), () -> told + " are not all of " + all);
        var below = all.subList(0, (int) failing.getFirst().index() + 1);
        assertTrue(told.containsAll(below), () -> below + " are not all told in " + told);
    }

    private void checkStarts(Subject subject) {
        for (var told : all) {
            int starts = subject.startsOf((int) told.index());
            assertTrue(halts ? starts <= told.attempts() : starts == told.attempts(),
                    () -> starts + " starts, but it must be " + told);
        }
    }
}
