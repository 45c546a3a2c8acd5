package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.drain;
import static dev.mitosis.testing.Failures.failureOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Args;
import dev.mitosis.Args2;
import dev.mitosis.Args3;
import dev.mitosis.Args4;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The verbs that unpack two, three and four arguments.
abstract class StarVerbsContract extends PoolContract {
    private static final List<Args2<Integer, String>> PAIRS =
            IntStream.range(0, 50).mapToObj(n -> Args.of(n, "x")).toList();
    private static final List<Args3<Integer, Integer, String>> TRIPLES =
            IntStream.range(0, 50).mapToObj(n -> Args.of(n, -n, "x")).toList();
    private static final List<Args4<Integer, Integer, Integer, String>> QUADRUPLES =
            IntStream.range(0, 50).mapToObj(n -> Args.of(n, -n, 2 * n, "x")).toList();

    private static final List<Object> TWO = textOf(PAIRS.stream().map(a -> a.first() + a.second()).toList());
    private static final List<Object> THREE =
            textOf(TRIPLES.stream().map(a -> a.first() + "/" + a.second() + a.third()).toList());
    private static final List<Object> FOUR = textOf(QUADRUPLES.stream()
            .map(a -> a.first() + "/" + a.second() + "/" + a.third() + a.fourth()).toList());

    private static List<Object> textOf(List<String> all) {
        return List.copyOf(all);
    }

    private static List<Object> sorted(List<Object> all) {
        var copy = new ArrayList<>(all);
        copy.sort(Comparator.comparingInt(text -> TWO.contains(text) ? TWO.indexOf(text)
                : THREE.contains(text) ? THREE.indexOf(text) : FOUR.indexOf(text)));
        return copy;
    }

    @Test
    void starmap_unpacks_two_arguments() throws Exception {
        assertEquals(TWO, pool().starmap((a, b) -> a + b, PAIRS));
        assertEquals(TWO, pool().starmap((a, b) -> a + b, PAIRS, 20));
        assertEquals(TWO, pool().starmapAsync((a, b) -> a + b, PAIRS).get());
        assertEquals(TWO, pool().starmapAsync((a, b) -> a + b, PAIRS, 20).get());
        assertEquals(TWO, drain(pool().istarmap((a, b) -> a + b, PAIRS)));
        assertEquals(TWO, drain(pool().istarmap((a, b) -> a + b, PAIRS, 20)));
        assertEquals(TWO, sorted(drain(pool().istarmapUnordered((a, b) -> a + b, PAIRS))));
        assertEquals(TWO, sorted(drain(pool().istarmapUnordered((a, b) -> a + b, PAIRS, 20))));
    }

    @Test
    void starmap_unpacks_three_arguments() throws Exception {
        assertEquals(THREE, pool().starmap((a, b, c) -> a + "/" + b + c, TRIPLES));
        assertEquals(THREE, pool().starmap((a, b, c) -> a + "/" + b + c, TRIPLES, 20));
        assertEquals(THREE, pool().starmapAsync((a, b, c) -> a + "/" + b + c, TRIPLES).get());
        assertEquals(THREE, pool().starmapAsync((a, b, c) -> a + "/" + b + c, TRIPLES, 20).get());
        assertEquals(THREE, drain(pool().istarmap((a, b, c) -> a + "/" + b + c, TRIPLES)));
        assertEquals(THREE, drain(pool().istarmap((a, b, c) -> a + "/" + b + c, TRIPLES, 20)));
        assertEquals(THREE, sorted(drain(pool().istarmapUnordered((a, b, c) -> a + "/" + b + c, TRIPLES))));
        assertEquals(THREE, sorted(drain(pool().istarmapUnordered((a, b, c) -> a + "/" + b + c, TRIPLES, 20))));
    }

    @Test
    void starmap_unpacks_four_arguments() throws Exception {
        assertEquals(FOUR, pool().starmap((a, b, c, d) -> a + "/" + b + "/" + c + d, QUADRUPLES));
        assertEquals(FOUR, pool().starmap((a, b, c, d) -> a + "/" + b + "/" + c + d, QUADRUPLES, 20));
        assertEquals(FOUR, pool().starmapAsync((a, b, c, d) -> a + "/" + b + "/" + c + d, QUADRUPLES).get());
        assertEquals(FOUR, pool().starmapAsync((a, b, c, d) -> a + "/" + b + "/" + c + d, QUADRUPLES, 20).get());
        assertEquals(FOUR, drain(pool().istarmap((a, b, c, d) -> a + "/" + b + "/" + c + d, QUADRUPLES)));
        assertEquals(FOUR, drain(pool().istarmap((a, b, c, d) -> a + "/" + b + "/" + c + d, QUADRUPLES, 20)));
        assertEquals(FOUR, sorted(drain(
                pool().istarmapUnordered((a, b, c, d) -> a + "/" + b + "/" + c + d, QUADRUPLES))));
        assertEquals(FOUR, sorted(drain(
                pool().istarmapUnordered((a, b, c, d) -> a + "/" + b + "/" + c + d, QUADRUPLES, 20))));
    }

    @Test
    void null_is_an_argument() {
        assertEquals(List.of("nullnull", "1null"),
                pool().starmap((a, b) -> "" + a + b, Arrays.asList(Args.of(null, null), Args.of(1, null))));
    }

    @Test
    void a_failure_names_the_arguments() {
        var failure = failureOf(() -> pool().starmap((a, b) -> a / b, List.of(Args.of(4, 2), Args.of(5, 0))));

        assertEquals(1, failure.index());
        assertTrue(failure.inputSummary().contains("5"), failure.inputSummary());
        assertEquals("/ by zero", failure.getCause().getMessage());
    }
}
