package dev.mitosis.share;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.Pool;
import dev.mitosis.testing.Inputs;
import dev.mitosis.testing.LeakCheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Many processes give memory names and take them away again, each often the only one, so that the
/// folder of the names comes and goes.
@Tag("process")
@ExtendWith(LeakCheck.class)
class NamesStormProcessTest {
    private static final int ROUNDS = 150;

    private static int rounds(int number) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            SharedMemory.create("storm-" + ProcessHandle.current().pid() + "-" + i, 8).close();
        }
        return number;
    }

    @Test
    void whoever_comes_while_the_last_one_goes_gets_a_name() {
        try (var pool = Pool.open(4)) {
            assertEquals(Inputs.upTo(8), pool.map(NamesStormProcessTest::rounds, Inputs.upTo(8)));
        }
    }
}
