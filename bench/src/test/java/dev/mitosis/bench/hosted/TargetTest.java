package dev.mitosis.bench.hosted;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What is said of targets.
class TargetTest {
    private static final Target TWENTY_TIMES = new Target(Work.QUEUE, 20, true);

    @Test
    void a_ratio_is_that_of_the_medians_of_the_last_repetitions() {
        var all = List.of(rates("mitosis", 200, 210, 900), rates("manager", 10, 10, 10));

        assertEquals("queue: 21.0 times the rate of Python's manager, to be at least 20.0: met",
                said(all));
    }

    @Test
    void a_target_that_was_missed_is_said_to_be() {
        var all = List.of(rates("mitosis", 199), rates("manager", 10));

        assertEquals("queue: 19.9 times the rate of Python's manager, to be at least 20.0: NOT MET",
                said(all));
    }

    @Test
    void nothing_is_said_where_python_is_missing() {
        assertEquals(List.of(), TWENTY_TIMES.judge(List.of(rates("mitosis", 200))));
    }

    private static String said(List<Rates> all) {
        return TWENTY_TIMES.judge(all).getFirst().toString();
    }

    private static Rates rates(String peer, double... last) {
        var rates = new Rates(new Entrant(Work.QUEUE, peer, 1));
        for (double each : last) {
            rates.add(List.of(1.0, each));
        }
        return rates;
    }
}
