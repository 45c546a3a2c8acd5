package dev.mitosis.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The table of `docs/failure-model.md`.
class FailureModelTest {
    private static final int ROWS = 32;
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract))`");

    private static final List<List<String>> TABLE =
            Document.of("docs/failure-model.md").table("not yet one for every state");

    @Test
    void rows_are_numbered_and_complete() {
        assertEquals(IntStream.rangeClosed(1, ROWS).mapToObj(n -> "F" + n).toList(),
                TABLE.stream().map(List::getFirst).toList());
        for (var row : TABLE) {
            assertEquals(6, row.size(), row.toString());
            assertTrue(row.stream().noneMatch(String::isBlank), row.toString());
        }
    }

    @Test
    void every_back_end_is_said_to_be_the_same_weaker_or_to_refuse() {
        for (var row : TABLE) {
            for (var cell : row.subList(3, 5)) {
                assertTrue(cell.matches("(same|weaker|refused|never)([:,] .*)?"), row.getFirst() + ": " + cell);
            }
        }
    }

    @Test
    void a_row_that_is_tested_names_tests_that_exist() {
        var tests = CoreSources.tests();
        for (var row : TABLE) {
            var today = row.getLast();
            var named = TEST.matcher(today).results().map(match -> match.group(1)).toList();
            assertTrue(today.matches("(.*tested: .*|works, not tested.*|later: .*)"), row.getFirst() + ": " + today);
            assertEquals(today.contains("tested: "), !named.isEmpty() && !today.startsWith("later"), row.getFirst());
            assertTrue(tests.containsAll(named), row.getFirst() + ": " + named);
        }
    }
}
