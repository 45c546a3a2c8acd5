package dev.mitosis.faults;

import static dev.mitosis.testing.Failures.assertStackOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An item that the worker never finishes reading.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F5EndlessReadProcessTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /// Can be written; reading it waits at a gate that nobody opens, deaf to interrupts.
    private static final class Endless implements Serializable {
        private final Gate.Door door;

        Endless(Gate.Door door) {
            this.door = door;
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            door.passStubbornly("reading");
        }

        @Override
        public String toString() {
            return "Endless";
        }
    }

    private static Pool limited(Pool pool, int chunkSize) {
        return pool.with(o -> o.withTimeout(LIMIT).withGrace(Duration.ofSeconds(1)).withChunkSize(chunkSize));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void f5_reading_that_never_ends_is_bounded_by_the_time_out_and_harms_no_other(int chunkSize) {
        try (var gate = Gate.create(); var pool = Pool.open(1)) {
            var all = new ArrayList<Outcome<String>>();

            try (var outcomes = limited(pool, chunkSize)
                    .outcomes(item -> "ran " + item, List.of(0, new Endless(gate.door()), 2))) {
                outcomes.forEachRemaining(all::add);
            }

            assertEquals("ran 0", assertInstanceOf(Outcome.Ok.class, all.get(0)).value());
            var endless = assertInstanceOf(Outcome.TimedOut.class, all.get(1));
            assertEquals(LIMIT, endless.limit());
            assertStackOf("readObject", endless.stackDump());
            var after = assertInstanceOf(Outcome.Ok.class, all.get(2));
            assertEquals("ran 2", after.value());
            assertNotEquals(endless.item().pid(), after.item().pid(), "another worker goes on");
            long stuck = endless.item().pid();
            Eventually.holds("the worker that reads for ever is gone", () -> !Processes.isAlive(stuck));
        }
    }

    @Test
    void f5_a_call_without_a_time_out_goes_on_beside_it() throws Exception {
        try (var gate = Gate.create(); var pool = Pool.open(2)) {
            var endless = pool.applyAsync(item -> "ran " + item, new Endless(gate.door()));
            var reading = gate.arrivalOf("reading");

            assertEquals(List.of(1, 2, 3), pool.map(n -> n, List.of(1, 2, 3)));

            reading.release();
            assertEquals("ran Endless", endless.get());
        }
    }
}
