package dev.mitosis.internal.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WindowTest {
    private static final long ITEMS = 65_536;

    @Test
    void a_batch_takes_a_quarter_of_what_a_worker_may_have() {
        assertEquals(8_192, Window.share(ITEMS, 2));
        assertEquals(1, Window.share(3, 2));
    }

    @Test
    void a_frame_takes_no_less_than_a_batch() {
        assertEquals(8_192, Window.shareOfFrames(ITEMS, 2, 0));
        assertEquals(8_192, Window.shareOfFrames(ITEMS, 2, 1e9));
        assertEquals(1, Window.shareOfFrames(3, 2, 1e9));
    }

    @Test
    void on_many_workers_frames_of_short_items_are_a_sixteenth_of_the_window() {
        assertEquals(ITEMS / 16, Window.shareOfFrames(ITEMS, 10_000, 1e9));
    }

    @Test
    void on_many_workers_the_window_holds_as_many_frames_as_are_begun_while_one_runs() {
        long share = Window.shareOfFrames(ITEMS, 200, 2_500); // of which 100 are begun while one runs
        assertEquals(1_280, share);
        assertEquals((double) ITEMS / share, 100 * share / 2_500.0, 1);
    }

    @Test
    void on_more_workers_as_many_are_begun_while_one_runs_as_there_are_slots() {
        long share = Window.shareOfFrames(ITEMS, 2_000, 25_000); // 1,000 are
        assertEquals(1_280, share);
        assertEquals((double) ITEMS / share, 1_000 * share / 25_000.0, 1);
    }
}
