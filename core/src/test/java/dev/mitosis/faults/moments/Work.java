package dev.mitosis.faults.moments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mitosis.Outcome;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Inputs;
import dev.mitosis.testing.Ledger;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// The items of a call, all in one batch; one of them keeps its worker at a [Moment].
final class Work {
    static final int ITEMS = 8;

    /// The item that is kept.
    static final int VICTIM = 3;

    /// The size of results of which [#VICTIM] nearly fill a ring.
    static final int LARGE = 600 << 10;

    private static final int HUGE = 3 << 20; // more than a ring holds

    private Work() {}

    /// Can be written only when the test says so.
    private static final class Slow implements Serializable {
        private final Gate.Door door;
        private final boolean deaf;

        Slow(Gate.Door door, boolean deaf) {
            this.door = door;
            this.deaf = deaf;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            pass(door, deaf);
        }
    }

    /// What an item does.
    ///
    /// @param deaf whether the victim goes on for ever when it is interrupted
    static Object run(int item, Moment moment, Ledger ledger, Gate.Door door, boolean deaf) throws IOException {
        ledger.note(item);
        if (item == VICTIM && moment == Moment.SERIALIZING) {
            return new Slow(door, deaf);
        }
        if (item == VICTIM && moment.isAtGate()) {
            pass(door, deaf);
        }
        return answer(item, moment);
    }

    private static void pass(Gate.Door door, boolean deaf) throws IOException {
        try {
            door.pass(VICTIM);
        } catch (ClosedByInterruptException e) {
            while (deaf) {
                Thread.interrupted();
                LockSupport.park();
            }
            throw e;
        }
    }

    private static byte[] answer(int item, Moment moment) {
        int length = moment == Moment.WRITING && item == VICTIM ? HUGE
                : moment == Moment.DRAINING && item < VICTIM ? LARGE : 1;
        byte[] answer = new byte[length];
        Arrays.fill(answer, (byte) item);
        return answer;
    }

    /// Requires that each item has its result, but for the victim, if that is not to have one.
    static void assertAllOk(Moment moment, List<Outcome<Object>> all, boolean victimToo) {
        assertEquals(ITEMS, all.size(), all.toString());
        for (int n = 0; n < ITEMS; n++) {
            if (n != VICTIM || victimToo) {
                assertOk(moment, n, assertInstanceOf(Outcome.Ok.class, all.get(n), all.get(n)::toString).value());
            }
        }
    }

    private static void assertOk(Moment moment, int item, Object value) {
        if (item == VICTIM && moment == Moment.SERIALIZING) {
            assertInstanceOf(Slow.class, value);
        } else {
            assertArrayEquals(answer(item, moment), (byte[]) value);
        }
    }

    /// Requires that each item has begun exactly once.
    static void assertEachRanOnce(Ledger ledger) {
        assertEquals(Inputs.upTo(ITEMS).stream().map(String::valueOf).toList(),
                ledger.notes().stream().sorted().toList());
    }
}
