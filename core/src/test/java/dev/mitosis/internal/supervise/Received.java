package dev.mitosis.internal.supervise;

import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.codec.Records;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Job;
import dev.mitosis.testing.NumbersLease;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A lease that keeps what it is told, and insists on what it was promised.
class Received extends NumbersLease {
    private final int expected;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int outcomes;
    private long printed = -1;
    private boolean ended;

    Received(Job.Verb verb, int count) {
        this(verb, count, true);
    }

    Received(Job.Verb verb, int count, boolean printsWanted) {
        super(new Job(1, "", verb, new Job.Function(1, Bytes.of(new byte[] {1}), true), 0, null, printsWanted,
                false), count);
        expected = verb == Job.Verb.FOLD || verb == Job.Verb.FOLD_LONG ? 1 : count;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    int outcomes() {
        return outcomes;
    }

    boolean ended() {
        return ended;
    }

    @Override
    public void replied(byte[] records, int length, int items, boolean allOk) {
        outcomes += items;
        require(!ended, "nothing comes after the end");
        require(length > 0 && length <= records.length, "as many bytes as there are: " + length);
        require(outcomes <= expected, outcomes + " outcomes for " + expected);
        if (!allOk) {
            walk(records, length, items);
        }
        bytes.write(records, 0, Math.min(length, 1 << 20));
    }

    /// Where there are failures, the records are complete: whoever decides about retries walks along them.
    private static void walk(byte[] records, int length, int items) {
        int found = 0;
        int at = 0;
        while (at < length) {
            found += Kind.isOutcome(records[at]) ? 1 : 0;
            at = Records.after(records, at);
        }
        require(at == length, "the last record ends where the bytes end");
        require(found == items, found + " outcomes, and not " + items);
    }

    /// It keeps the bytes as they came.
    @Override
    public void printed(long index, byte[] text, long cut) {
        require(job().printsWanted(), "it wants to know");
        require(!ended && outcomes < expected, "there is an outcome to come");
        require(index > printed && index < count(), index + " comes after " + printed);
        require(expected < count() || index == outcomes, "item " + index + " after " + outcomes + " outcomes");
        require(text.length <= Kind.MOST_PRINTED && cut >= 0, "a text of " + text.length + " bytes");
        printed = index;
        var head = ByteBuffer.allocate(21).order(ByteOrder.LITTLE_ENDIAN);
        head.put(Kind.PRINTED).putInt(16 + text.length).putLong(index).putLong(cut);
        bytes.writeBytes(head.array());
        bytes.writeBytes(text);
    }

    @Override
    public void keep(int first) {
        throw new AssertionError("nothing is taken back from a lying worker");
    }

    @Override
    public void ended(long runNanos) {
        require(!ended, "it ends once");
        require(outcomes == expected, "it ended after " + outcomes + " of " + expected + " outcomes");
        require(runNanos >= 0, "it has run for " + runNanos);
        ended = true;
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}
