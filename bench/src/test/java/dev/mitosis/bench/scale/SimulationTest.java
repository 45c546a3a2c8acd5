package dev.mitosis.bench.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Calls whose time can be told without simulating them.
class SimulationTest {
    private static final double HOUR = 3_600e9;
    private static final Engine FREE = new Engine("free", 50e6, 0, 0, 1e9);

    @Test
    void slots_that_wait_for_nobody_share_the_work_evenly() {
        var estimate = new Simulation(FREE, new Load(10_000_000, 1e5, 0, true), 8, 0).run();

        assertEquals(10_000_000 * 1e5 / 8 / HOUR, estimate.hours(), 0.02 * estimate.hours());
        assertEquals("slots", estimate.limit());
    }

    @Test
    void a_call_too_long_to_be_simulated_goes_on_as_it_began() {
        var load = new Load(1_000_000_000, 1e6, 0, true); // a million frames

        var estimate = new Simulation(FREE, load, 20, 0).run();

        assertEquals(1e9 * 1e6 / 20 / HOUR, estimate.hours(), 0.02 * estimate.hours());
    }

    @Test
    void frames_pass_the_driver_one_by_one() {
        var engine = new Engine("slow", 50e6, 10e6, 0, 1e9); // as many in a second as five slots run
        var load = new Load(10_000_000, 1e5, 0, true);

        var estimate = new Simulation(engine, load, 100, 0).run();

        assertEquals("frames", estimate.limit());
        assertEquals(0.05, estimate.slots(), 0.01);
    }

    @Test
    void results_come_back_over_one_wire() {
        var engine = new Engine("thin", 50e6, 0, 0, 0.01);
        var load = new Load(10_000_000, 1e3, 0, false);

        var estimate = new Simulation(engine, load, 100, 0).run();

        assertEquals("bytes", estimate.limit());
        assertEquals(10_000_000 * 9 / 0.01 / HOUR, estimate.hours(), 0.05 * estimate.hours());
    }

    @Test
    void one_thread_reads_all_results() {
        var load = new Load(100_000_000, 100, 0, false);

        var estimate = new Simulation(FREE, load, 100, 10).run();

        assertEquals("reading", estimate.limit());
        assertEquals(100_000_000 * 10 / HOUR, estimate.hours(), 0.05 * estimate.hours());
    }

    @Test
    void a_frame_of_short_items_is_a_part_of_the_window_however_many_workers_there_are() {
        assertEquals(1 << 16, new Load(1L << 40, 1, 0, false).next(1L << 40, 0, 4, 50e6));
        assertEquals(1 << 16, new Load(1L << 40, 1, 0, false).next(1L << 40, 0, 1 << 10, 50e6));
        assertEquals(3_200, new Load(1L << 40, 1e4, 0, false).next(1L << 40, 0, 1 << 10, 50e6));
        assertEquals(1_000_000, new Load(1L << 40, 1, 1_000_000, false).next(1L << 40, 0, 1 << 10, 50e6));
    }

    @Test
    void frames_run_for_longer_where_there_are_more_slots_than_can_be_begun_in_their_time() {
        assertEquals(50e6, FREE.lease(32));
        assertEquals(500e6, FREE.lease(1_600));
        var engine = new Engine("slow", 50e6, 0.5e6, 0, 1e9);
        var estimate = new Simulation(engine, new Load(1L << 40, 1e5, 0, true), 800, 0).run();
        assertTrue(estimate.slots() > 0.9, estimate::toString);
    }

    @Test
    void what_a_fold_brings_is_hardly_anything() {
        var load = new Load(100_000_000, 100, 0, true);

        var estimate = new Simulation(FREE, load, 10, 10).run();

        assertTrue(estimate.bytes() < 0.01 && estimate.reading() < 0.01, estimate.toString());
    }

    @Test
    void what_an_item_costs_the_caller_is_read_from_a_result() {
        assertEquals(9.5, ScaleMain.nanosOfAnItem("{\"items\": 10000000000, \"seconds\": 95.0}"), 1e-9);
    }
}
