package dev.mitosis.internal.worker;

import dev.mitosis.internal.codec.Kind;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What the item that runs now prints, if its caller wants to know: the last bytes of it.
///
/// It stands before `System.out` and `System.err` from the start of a worker on, since a logger may
/// take them once and keep them. While nobody wants to know, that costs a look at a flag for each
/// write.
final class Prints {
    private static final int HEAD = 1 + 4 + 8 + 8;

    // owned by the runner
    private long index;

    // set by the runner, read by whoever prints
    private volatile boolean listening;

    // guarded by this: as a ring once there is more than fits
    private byte[] tail = new byte[1 << 10];
    private long written;

    Prints() {}

    /// Puts itself before the standard streams of this JVM.
    static Prints install() {
        var prints = new Prints();
        System.setOut(prints.before(System.out));
        System.setErr(prints.before(System.err));
        return prints;
    }

    /// The stream behind flushes as before, so the one in front need not.
    PrintStream before(PrintStream stream) {
        return new PrintStream(new Tee(stream), false, stream.charset());
    }

    /// Writes to the stream behind, and listens.
    private final class Tee extends OutputStream {
        private final PrintStream behind;

        Tee(PrintStream behind) {
            this.behind = behind;
        }

        @Override
        public void write(int one) {
            if (listening) {
                add(new byte[] {(byte) one}, 0, 1);
            }
            behind.write(one);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (listening) {
                add(bytes, offset, length);
            }
            behind.write(bytes, offset, length);
        }

        @Override
        public void flush() {
            behind.flush();
        }
    }

    /// Begins to listen to an item; on the runner.
    synchronized void begin(long itemsIndex) {
        index = itemsIndex;
        written = 0;
        listening = true;
    }

    private synchronized void add(byte[] bytes, int offset, int length) {
        int left = Math.min(length, Kind.MOST_PRINTED);
        int from = offset + length - left; // of one long write only the end is kept
        written += length - left;
        makeRoom(left);
        while (left > 0) {
            int at = (int) (written % Kind.MOST_PRINTED);
            int count = Math.min(left, Kind.MOST_PRINTED - at);
            System.arraycopy(bytes, from, tail, at, count);
            written += count;
            from += count;
            left -= count;
        }
    }

    private void makeRoom(int more) {
        long wanted = Math.min(written + more, Kind.MOST_PRINTED);
        if (tail.length < wanted) {
            tail = Arrays.copyOf(tail,
                    (int) Math.min(Math.max(wanted, tail.length * 2L), Kind.MOST_PRINTED));
        }
    }

    /// Ends the listening; on the runner.
    ///
    /// @return the [Kind#PRINTED] of what came since [#begin], or null if nothing did
    synchronized byte @Nullable [] take() {
        if (!listening) {
            return null;
        }
        listening = false;
        return written == 0 ? null : record();
    }

    private byte[] record() {
        int skip = 0;
        int length = (int) Math.min(written, Kind.MOST_PRINTED);
        int begin = (int) ((written - length) % Kind.MOST_PRINTED);
        while (written > length && skip < 3 && isWithin(tail[(begin + skip) % length])) {
            skip++; // the cut was in the middle of a character
        }
        int kept = length - skip;
        var record = ByteBuffer.allocate(HEAD + kept).order(ByteOrder.LITTLE_ENDIAN)
                .put(Kind.PRINTED).putInt(HEAD - 5 + kept).putLong(index).putLong(written - kept);
        int at = (begin + skip) % Kind.MOST_PRINTED;
        int first = Math.min(kept, Kind.MOST_PRINTED - at);
        return record.put(tail, at, first).put(tail, 0, kept - first).array();
    }

    /// {@return whether a byte is within a character of UTF-8, and not its first}
    private static boolean isWithin(byte one) {
        return (one & 0xc0) == 0x80;
    }
}
