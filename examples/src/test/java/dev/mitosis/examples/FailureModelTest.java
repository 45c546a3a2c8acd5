package dev.mitosis.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The table of `docs/failure-model.md`.
class FailureModelTest {
    private static final int ROWS = 32;
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract))`");
    private static final Pattern ROW_OF_TEST = Pattern.compile("void f(\\d+)_\\w+\\(");

    private static final List<List<String>> TABLE =
            Document.of("docs/failure-model.md").table("though not yet one for every state");

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
    void every_row_names_tests_whose_names_begin_with_it() {
        var sources = CoreSources.testSources();
        for (var row : TABLE) {
            var today = row.getLast();
            assertTrue(today.startsWith("tested: "), row.getFirst() + ": " + today);
            var method = Pattern.compile("void " + row.getFirst().toLowerCase(Locale.ROOT) + "_\\w+\\(");
            for (var name : TEST.matcher(today).results().map(match -> match.group(1)).toList()) {
                assertTrue(sources.containsKey(name), row.getFirst() + ": there is no " + name);
                assertTrue(method.matcher(sources.get(name)).find(), name + " has no test of " + row.getFirst());
            }
            assertTrue(TEST.matcher(today).find(), row.getFirst() + " names no test");
        }
    }

    @Test
    void a_test_that_is_named_after_a_row_is_in_a_class_that_the_row_names() {
        var rows = new TreeMap<String, String>();
        TABLE.forEach(row -> rows.put(row.getFirst(), row.getLast()));
        CoreSources.testSources().forEach((name, source) -> {
            for (var test : (Iterable<MatchResult>) ROW_OF_TEST.matcher(source).results()::iterator) {
                var row = "F" + test.group(1);
                assertTrue(rows.getOrDefault(row, "").contains("`" + name + "`"), name + " tests " + row);
            }
        });
    }
}
