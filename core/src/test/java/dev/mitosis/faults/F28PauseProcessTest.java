package dev.mitosis.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.testing.Gate;
import dev.mitosis.testing.HeldPool;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.PoolHolder;
import dev.mitosis.testing.PoolHolder.Doing;
import dev.mitosis.testing.Processes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The machine sleeps, or the program is stopped, for longer than its items may run: nobody's time runs meanwhile.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F28PauseProcessTest {
    private static final String LONGER = Long.toString(PoolHolder.LIMIT.toSeconds() + 1);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void f28_a_pause_is_no_reason_for_a_time_out(boolean workersToo) throws Exception {
        try (var gate = Gate.create(); var holder = HeldPool.start(Doing.LIMITED, gate)) {
            holder.awaitReady();
            var visitors = List.of(gate.arrivalOf(1), gate.arrivalOf(2));
            var processes = new ArrayList<>(List.of(holder.pid()));
            if (workersToo) {
                processes.addAll(holder.workers());
            }

            processes.forEach(Processes::stop);
            // no event ends a pause: time itself has to pass
            assertEquals(0, new ProcessBuilder("sleep", LONGER).start().waitFor());
            processes.reversed().forEach(pid -> Processes.signal("CONT", pid));
            visitors.forEach(Gate.Visitor::release);

            assertEquals(List.of("Ok", "Ok"), holder.rest());
            assertEquals(0, holder.exitStatus());
        }
    }
}
