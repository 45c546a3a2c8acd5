package dev.mitosis.internal.link;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/// One thread writes to a ring, another reads it.
class RingStress {
    private static final int TAIL = 0;
    private static final int HEAD = 128;
    private static final int RING = 256;

    private RingStress() {}

    /// A short frame, of which the writer stores more bytes than count, a longer one, and a record.
    ///
    /// ```text
    ///  write 5, publish     |  r1 = frames that are there
    ///  write 24, publish    |  r2 = how many of them are whole
    ///  write record of 5    |
    ///  -----------------------------------------
    ///   r3 = frames that are there now and whole
    /// ```
    @JCStressTest
    @Outcome(id = "0, 0, 3", expect = ACCEPTABLE, desc = "read before all of it")
    @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "read after the first frame")
    @Outcome(id = "2, 2, 1", expect = ACCEPTABLE, desc = "read after the second")
    @Outcome(id = "3, 3, 0", expect = ACCEPTABLE, desc = "read after all of it")
    @Outcome(id = "-1, .*", expect = FORBIDDEN, desc = "a part of a frame was published")
    @Outcome(expect = FORBIDDEN, desc = "a frame is torn, or lost")
    @State
    public static class Frames {
        private static final int[] ENDS = {0, 5, 29, 34}; // of the frames

        private final ByteBuffer memory = ByteBuffer.allocateDirect(RING + 64);
        private final RingWriter writer = new RingWriter(memory, TAIL, HEAD, RING);
        private final RingReader reader = new RingReader(memory, TAIL, HEAD, RING);

        /// Writes three frames, each of bytes that say which it is.
        @Actor
        public void write() {
            publish(1);
            publish(2);
            var _ = writer.writeRecord((byte) 3, 0x0303_0303_0303_0303L, 5);
            writer.publish();
        }

        private void publish(int frame) {
            byte[] bytes = new byte[32];
            Arrays.fill(bytes, (byte) frame);
            var _ = writer.write(bytes, 0, ENDS[frame] - ENDS[frame - 1]);
            writer.publish();
        }

        /// Reads what there is, once.
        @Actor
        public void read(III_Result r) {
            int bytes = reader.available();
            r.r1 = Math.max(-1, Arrays.binarySearch(ENDS, bytes));
            r.r2 = whole(0, bytes);
            reader.release(bytes);
        }

        /// Reads the rest.
        @Arbiter
        public void rest(III_Result r) {
            r.r3 = whole((int) reader.read(), reader.available());
        }

        /// Counts frames whose bytes are all there, up to one that is torn.
        private int whole(int start, int bytes) {
            int count = 0;
            for (int frame = 1; frame < ENDS.length && ENDS[frame] <= start + bytes; frame++) {
                if (ENDS[frame] > start) {
                    int ahead = ENDS[frame - 1] - start;
                    if (!isWhole(frame, ahead, ENDS[frame] - start)) {
                        return count;
                    }
                    count++;
                }
            }
            return count;
        }

        private boolean isWhole(int frame, int from, int to) {
            for (int ahead = from; ahead < to; ahead++) {
                if (reader.get(ahead) != frame) {
                    return false;
                }
            }
            return true;
        }
    }

    /// A stream that goes round a ring for as long as this runs, through one that is full, and one
    /// that is empty; each state is only a few bytes more of it. Each byte says where it belongs.
    ///
    /// ```text
    ///  write what there is room for, publish  |  r1 = bytes that are wrong; release
    /// ```
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "all in order")
    @Outcome(expect = FORBIDDEN, desc = "read too early, or written over too early")
    @State
    public static class Stream {
        private static final int PERIOD = 251; // a prime: no place of the ring has one byte only
        private static final int MOST = 5_000;
        private static final byte[] PATTERN = pattern();
        private static final ByteBuffer MEMORY =
                ByteBuffer.allocateDirect(RING + LinkLayout.RING);

        // owned by one actor each; jcstress runs it on one thread at a time
        private static final RingWriter WRITER = new RingWriter(MEMORY, TAIL, HEAD, RING);
        private static final RingReader READER = new RingReader(MEMORY, TAIL, HEAD, RING);
        private static final byte[] READ = new byte[MOST];

        private static byte[] pattern() {
            byte[] bytes = new byte[PERIOD + MOST];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (i % PERIOD);
            }
            return bytes;
        }

        private static int phase(long position) {
            return (int) (position % PERIOD);
        }

        /// Writes the next bytes.
        @Actor
        public void write() {
            var _ = WRITER.write(PATTERN, phase(WRITER.written()), MOST);
            WRITER.publish();
        }

        /// Reads the next bytes.
        @Actor
        public void read(I_Result r) {
            int count = Math.min(READER.available(), MOST);
            int from = phase(READER.read());
            READER.copy(0, READ, 0, count);
            READER.release(count);
            int right = Arrays.mismatch(READ, 0, count, PATTERN, from, from + count);
            r.r1 = right < 0 ? 0 : count - right;
        }
    }
}
