package dev.mitosis.bench.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// A flame graph shows every method that is wide enough.
class FlameGraphTest {
    private static final List<String> STACKS = List.of(
            "a.Main.main_[j];dev.mitosis.Pool.map_[i] 600",
            "a.Main.main_[i];dev.mitosis.Pool.map_[j];b.List.get_[0] 399",
            "a.Main.main_[j];c.Rare.call_[j] 1");

    @Test
    void a_method_has_one_box_however_it_was_compiled() {
        var main = Frame.of(STACKS).children();

        assertEquals(List.of("a.Main.main"), main.stream().map(Frame::name).toList());
        assertEquals(List.of(1L, 999L), main.iterator().next().children().stream().map(Frame::samples).toList());
    }

    @Test
    void a_box_tells_its_full_name_and_share() {
        var picture = draw();

        assertTrue(picture.contains("<title>dev.mitosis.Pool.map: 99.9 %</title>"), picture);
        assertTrue(picture.contains(">Pool.map</text>"), picture);
    }

    @Test
    void what_is_too_narrow_is_left_out() {
        assertFalse(draw().contains("Rare"));
    }

    @Test
    void the_same_stacks_give_the_same_picture() {
        assertEquals(draw(), draw());
    }

    private static String draw() {
        return FlameGraph.draw("A title", List.of(new FlameGraph.Part("caller", Frame.of(STACKS))), "a caption");
    }
}
