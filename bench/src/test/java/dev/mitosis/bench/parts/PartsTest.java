package dev.mitosis.bench.parts;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PartsTest {
    @Test
    void every_part_can_be_measured() throws Exception {
        var measured = briefly(".*");

        var parts = measured.stream()
                .map(one -> one.part().split(" ")[0])
                .collect(toCollection(TreeSet::new));
        assertEquals("[Clock.nanoTime, Codec.read, Codec.write, Dispatch.lease, Passing.number, "
                + "Ring.frame, Ring.record]", parts.toString());
        measured.forEach(one -> assertTrue(one.least() > 0 && one.median() >= one.least(), one::toString));
    }

    @Test
    void each_parameter_is_a_part_of_its_own() throws Exception {
        var measured = briefly("Ring.*frame");

        assertEquals(List.of("Ring.frame size=4096", "Ring.frame size=65536"),
                measured.stream().map(Measured::part).toList());
        assertEquals("ns/op", measured.getFirst().unit());
    }

    /// In this JVM, and for so short a time that the figures mean nothing.
    private static List<Measured> briefly(String names) throws Exception {
        return PartsMain.measure(List.of(names, "-f", "0", "-wi", "0", "-i", "1", "-r", "1ms"));
    }
}
