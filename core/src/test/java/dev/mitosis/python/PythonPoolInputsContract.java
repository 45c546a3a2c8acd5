package dev.mitosis.python;

import static dev.mitosis.testing.Inputs.failingAt;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.PoolClosedException;
import dev.mitosis.contract.PoolContract;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Inputs;
import dev.mitosis.testing.Inputs.Counted;
import java.lang.ref.WeakReference;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `_TestPool` of CPython: inputs that raise, look-ahead, and what is kept alive.
abstract class PythonPoolInputsContract extends PoolContract {
    private static final class SayWhenException extends RuntimeException {
        SayWhenException() {
            super("when");
        }
    }

    @Test // test_map_handle_iterable_exception
    void map_raises_what_its_input_raises() {
        assertThrows(SayWhenException.class, () -> pool().map(n -> n, failingAt(0, SayWhenException::new), 1));
        assertThrows(SayWhenException.class, () -> pool().map(n -> n, failingAt(0, SayWhenException::new), 1));
        assertThrows(SayWhenException.class, () -> pool().map(n -> n, failingAt(3, SayWhenException::new), 1));
        var sized = new AbstractCollection<Integer>() {
            @Override
            public Iterator<Integer> iterator() {
                return failingAt(0, SayWhenException::new).iterator();
            }

            @Override
            public int size() {
                return 1;
            }
        };
        assertThrows(SayWhenException.class, () -> pool().map(n -> n, sized, 1));
        assertEquals(upTo(3), pool().map(n -> n, upTo(3)));
    }

    /// There, items before the failure are lost with their chunk; here none is.
    @ParameterizedTest // test_imap_handle_iterable_exception
    @CsvSource({"0, 1", "0, 1", "3, 1", "7, 2", "7, 4"})
    void imap_raises_what_its_input_raises_after_all_items_before_it(int place, int chunkSize) {
        try (var results = pool().imap(n -> n * n, failingAt(place, SayWhenException::new), chunkSize)) {
            for (int i = 0; i < place; i++) {
                assertEquals(i * i, results.next());
            }
            var raised = assertThrows(SayWhenException.class, results::next);
            assertNull(raised.getCause(), "it did not happen in a worker");
            assertFalse(results.hasNext());
        }
    }

    @ParameterizedTest // test_imap_unordered_handle_iterable_exception
    @CsvSource({"0, 1", "0, 1", "3, 1", "7, 2"})
    void imap_unordered_raises_what_its_input_raises(int place, int chunkSize) {
        var values = new ArrayList<Integer>();
        try (var results = pool().imapUnordered(n -> n, failingAt(place, SayWhenException::new), chunkSize)) {
            assertThrows(SayWhenException.class, () -> results.forEachRemaining(values::add));
        }

        assertEquals(new HashSet<>(upTo(place)), new HashSet<>(values));
        assertEquals(place, values.size());
    }

    @Test // 3.16: imap buffersize
    void imap_takes_no_more_than_the_window_of_an_endless_input() {
        var input = Counted.endless();

        try (var results = pool().with(o -> o.withWindow(4)).imap(n -> n, input)) {
            for (int n = 0; n < 50; n++) {
                input.asking();
                assertEquals(n, results.next());
            }
        }

        assertTrue(input.mostAhead() <= 4);
    }

    @Test // 3.16: imap buffersize, terminate
    void terminate_wakes_a_feeder_that_waits_for_room() {
        var pool = open(c -> c.withWorkers(1));
        var input = Counted.endless();
        var results = pool.with(o -> o.withWindow(4)).imap(n -> n, input);
        Eventually.holds("the window is full", () -> input.taken() == 4);

        pool.terminate();

        assertThrows(PoolClosedException.class, () -> results.forEachRemaining(n -> {}));
    }

    @Test // test_release_task_refs (issue 29861)
    void neither_items_nor_results_are_kept_after_a_map() {
        var items = new ArrayList<>(upTo(10).stream().map(n -> new StringBuilder("item " + n)).toList());
        var watched = items.stream().map(WeakReference::new).toList();

        var results = new ArrayList<>(pool().map(item -> item, items));
        var watchedResults = results.stream().map(WeakReference::new).toList();
        assertEquals("item 9", results.get(9).toString());
        items.clear();
        results.clear();

        awaitCollected(watched);
        awaitCollected(watchedResults);
    }

    @Test // test_no_stale_references, test_free_reference of ExecutorTest
    void neither_items_nor_results_are_kept_while_results_are_read() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var watched = new CopyOnWriteArrayList<WeakReference<StringBuilder>>();
            Iterable<StringBuilder> input = () -> upTo(4).stream().map(n -> {
                var item = new StringBuilder("" + n);
                watched.add(new WeakReference<>(item));
                return item;
            }).iterator();

            try (var results = pool().imap(item -> item.charAt(0) == '3' ? door.pass(item) : item, input, 1)) {
                for (int n = 0; n < 3; n++) {
                    watched.add(new WeakReference<>(results.next()));
                }
                var last = gate.arrival();
                awaitCollected(watched.stream().filter(item -> !isLast(item)).toList());
                last.release();
                assertEquals("3", results.next().toString());
            }
        }
    }

    private static boolean isLast(WeakReference<StringBuilder> reference) {
        var item = reference.get();
        return item != null && item.toString().equals("3");
    }

    private static void awaitCollected(List<? extends WeakReference<?>> watched) {
        Eventually.holds("all are collected", () -> {
            System.gc();
            return watched.stream().allMatch(reference -> reference.refersTo(null));
        });
    }

    @Test // an input that lies about its length hangs there
    void map_believes_the_items_and_not_the_length() {
        assertEquals(upTo(3), pool().map(n -> n, Inputs.lying(5, upTo(3)), 1));
        assertEquals(upTo(5), pool().map(n -> n, Inputs.lying(3, upTo(5)), 1));
    }
}
