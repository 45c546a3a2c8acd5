package dev.mitosis.bench.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.bench.storm.Killer.Kill;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What the audit of a storm finds, in ledgers made by hand: item 1 was running when process 7 was killed.
class AuditTest {
    private static final Map<Long, Kill> KILLS = Map.of(7L, new Kill(7, 0, 0));

    private final Seen seen = new Seen(3, false, _ -> {});

    private static Book book(long pid, int... marks) {
        return new Book(pid, 0, 0, 0, Arrays.stream(marks).mapToLong(mark -> mark).boxed().toList());
    }

    private static int start(int item) {
        return (item + 1) * 2;
    }

    private static int end(int item) {
        return start(item) + 1;
    }

    private List<String> audit(boolean retries, Book... books) {
        var byPid = Arrays.stream(books).collect(Collectors.toMap(Book::pid, book -> book));
        return new Audit(3, seen, KILLS, byPid).run(retries);
    }

    private void seeOneDeath() {
        seen.ok(0, 1);
        seen.died(1, 7, 1);
        seen.ok(2, 1);
    }

    @Test
    void an_item_that_was_running_may_die() {
        seeOneDeath();
        assertEquals(List.of(), audit(false, book(7, start(0), end(0), start(1)), book(8, start(2), end(2))));
    }

    @Test
    void an_item_that_another_ran_after_must_not_die() {
        seeOneDeath();
        assertEquals(List.of("item 1 died with process 7, which ran another"),
                audit(false, book(7, start(0), end(0), start(1), end(1), start(2)), book(8, start(2), end(2)))
                        .stream().filter(what -> what.startsWith("item 1")).toList());
    }

    @Test
    void an_item_must_not_die_of_nothing() {
        seen.ok(0, 1);
        seen.died(1, 8, 1);
        seen.ok(2, 1);
        assertEquals(List.of("item 1 died with process 8, which nobody killed"),
                audit(false, book(7, start(0), end(0)), book(8, start(2), end(2), start(1))));
    }

    @Test
    void an_item_without_an_outcome_is_found() {
        seen.ok(0, 1);
        seen.died(1, 7, 1);
        assertEquals(List.of("2 outcomes of 3 items"),
                audit(false, book(7, start(0), end(0), start(1)), book(8, start(2), end(2))));
    }

    @Test
    void an_outcome_once_more_is_found() {
        seeOneDeath();
        seen.ok(2, 1);
        assertEquals(List.of("item 2 came once more", "4 outcomes of 3 items"),
                audit(false, book(7, start(0), end(0), start(1)), book(8, start(2), end(2))));
    }

    @Test
    void an_item_that_started_twice_without_retries_is_found() {
        seeOneDeath();
        assertEquals(List.of("item 2 started 2 times"), audit(false,
                book(7, start(0), end(0), start(1)), book(8, start(2), end(2), start(2), end(2))));
    }

    @Test
    void with_retries_a_second_start_needs_a_strike() {
        seen.ok(0, 1);
        seen.ok(1, 2);
        seen.ok(2, 2);
        var struck = book(7, start(0), end(0), start(1));
        assertEquals(List.of("item 2 started 2 times, ended 2 times, with 0 strikes and 2 attempts"),
                audit(true, struck, book(8, start(1), end(1), start(2), end(2), start(2), end(2))));
    }
}
