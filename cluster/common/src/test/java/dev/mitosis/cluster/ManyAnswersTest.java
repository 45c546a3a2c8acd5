package dev.mitosis.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.LongRange;
import dev.mitosis.Pool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A frame whose outcomes do not fit into one answer.
class ManyAnswersTest {
    private static final int LARGE = 3 << 20; // a node answers 16 MiB at once
    private static final int ITEMS = 8;

    record Circle(byte[] points) {}

    record Square(byte[] points) {}

    private static Record figure(long number) {
        return number == ITEMS - 1 ? new Square(new byte[LARGE]) : new Circle(new byte[LARGE]);
    }

    @Test
    void records_are_of_the_classes_that_they_were_in_each_answer() {
        try (var pool = Pool.open(c -> c.withWorkers(1).withBackend(
                new ClusterBackend(() -> ThreadTransport.of(1), ClusterSettings.DEFAULTS)))) {
            var figures = pool.with(o -> o.withChunkSize(ITEMS)).map(ManyAnswersTest::figure, LongRange.of(0, ITEMS));

            assertEquals(IntStream.range(0, ITEMS).mapToObj(i -> figure(i).getClass()).toList(),
                    figures.stream().map(Record::getClass).toList());
        }
    }
}
