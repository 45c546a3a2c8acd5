package dev.mitosis.bench.dispatch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {
    @ParameterizedTest
    @EnumSource(Simulation.Kind.class)
    void all_items_of_all_calls_are_dispatched(Simulation.Kind kind) {
        var simulation = new Simulation(kind, 3, 7);

        double nanos = simulation.nanosPerItem();

        assertTrue(nanos > 0);
        assertTrue(simulation.batches() >= 7, () -> "batches: " + simulation.batches());
    }

    @Test
    void an_item_alone_is_a_lease_of_its_own() {
        var simulation = new Simulation(Simulation.Kind.ALONE, 2, 1);

        simulation.nanosPerItem();

        assertTrue(simulation.batches() == simulation.items(), () -> simulation.batches() + " batches");
    }
}
