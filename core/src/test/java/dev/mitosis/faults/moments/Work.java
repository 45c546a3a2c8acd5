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
import java.util.Arrays;
import java.util.List;

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

        Slow(Gate.Door door) {
            this.door = door;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            door.pass(VICTIM);
        }
    }

    static Object run(int item, Moment moment, Ledger ledger, Gate.Door door) throws IOException {
        ledger.note(item);
        if (item == VICTIM && moment == Moment.SERIALIZING) {
            return new Slow(door);
        }
        return answer(item == VICTIM && moment.isAtGate() ? door.pass(item) : item, moment);
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
