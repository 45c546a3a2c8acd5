package dev.mitosis.bench.parts;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What a ring costs where one thread writes and reads: the code, without the way between cores.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RingBenchmark {
    private final Ring ring = new Ring();
    private long number;

    /// Makes a ring.
    public RingBenchmark() {}

    /// Unmaps the ring.
    @TearDown
    public void close() {
        ring.close();
    }

    /// Writes and publishes a number of nine bytes, then reads and releases it.
    ///
    /// @return how many numbers were read, which is one
    @Benchmark
    public int record() {
        if (!ring.offer(number++)) {
            throw new IllegalStateException("the ring is full");
        }
        return ring.take();
    }

    /// Copies a frame into the ring and out of it.
    ///
    /// @param frame the frame
    /// @return its copy
    @Benchmark
    public byte[] frame(Frame frame) {
        int length = frame.bytes.length;
        if (ring.writer().write(frame.bytes, 0, length) != length) {
            throw new IllegalStateException("the ring is full");
        }
        ring.writer().publish();
        ring.reader().copy(0, frame.copy, 0, ring.reader().available());
        ring.reader().release(length);
        return frame.copy;
    }

    /// The bytes of a frame, and where they are copied to.
    @State(Scope.Thread)
    public static class Frame {
        /// How many bytes.
        @Param({"4096", "65536"})
        public int size;

        private byte[] bytes = {};
        private byte[] copy = {};

        /// Starts without bytes.
        public Frame() {}

        /// Makes them.
        @Setup
        public void make() {
            bytes = new byte[size];
            copy = new byte[size];
        }
    }
}
