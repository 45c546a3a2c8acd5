package dev.mitosis.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.testing.Gate;
import dev.mitosis.testing.HeldPool;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.PoolHolder.Doing;
import dev.mitosis.testing.Processes;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Ctrl-C in a terminal, which goes to the program and to all of its workers at once.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F20TerminalProcessTest {
    /// A session of its own, as in a terminal of its own. A JVM that was started with the signal
    /// ignored, as by a build in the background of a shell, would go on ignoring it.
    private static final String[] TERMINAL = {"env", "--default-signal=INT", "setsid"};

    @ParameterizedTest
    @EnumSource(names = {"IDLE", "WAITING", "LOOPING"})
    void f20_one_press_ends_program_and_workers_and_workers_print_nothing(Doing doing) throws Exception {
        try (var gate = Gate.create(); var holder = HeldPool.start(doing, gate, TERMINAL)) {
            holder.awaitReady();
            if (doing != Doing.IDLE) {
                var visitors = List.of(gate.arrivalOf(1), gate.arrivalOf(2));
                visitors.stream().filter(_ -> doing == Doing.LOOPING).forEach(Gate.Visitor::release);
            }
            assertEquals(2, holder.workers().size());

            Processes.signalGroup("INT", holder.pid());

            assertEquals(List.of(), holder.rest(), "nobody prints anything");
            assertEquals(130, holder.exitStatus());
            holder.assertNobodyIsLeft();
            assertEquals(List.of(), holder.folders());
        }
    }
}
