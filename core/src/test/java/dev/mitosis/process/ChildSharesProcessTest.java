package dev.mitosis.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.Pool;
import dev.mitosis.share.SharedLongs;
import dev.mitosis.testing.LeakCheck;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("process")
@ExtendWith(LeakCheck.class)
class ChildSharesProcessTest {
    @Test
    void a_child_sees_shared_memory_and_shared_values() {
        try (var pool = Pool.open(1); var words = pool.share(List.of("a", "b"));
                var numbers = SharedLongs.create(2)) {
            try (var child = Child.start(() -> {
                numbers.set(1, words.get().size());
                return words.get().get(1);
            })) {
                assertEquals("b", child.result());
            }
            assertEquals(2, numbers.get(1));
        }
    }
}
