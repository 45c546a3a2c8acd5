package dev.mitosis.bench.parts;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Control;

/// What a number costs that goes through a ring from one thread to another; both spin.
///
/// An operation is a number, on either side. It needs two cores that do nothing else.
@State(Scope.Group)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PassingBenchmark {
    private static final int PATIENCE = 1 << 24; // looks, should the other side be gone

    private final Ring ring = new Ring();

    // owned by the reader
    private int unread; // numbers that were taken together, and were not counted yet

    /// Makes a ring.
    public PassingBenchmark() {}

    /// Unmaps the ring.
    @TearDown
    public void close() {
        ring.close();
    }

    /// Writes a number as soon as there is room for it.
    ///
    /// @param control says when the iteration ends, and with it the other side
    @Benchmark
    @Group("number")
    public void write(Control control) {
        for (int i = 0; !ring.offer(i) && i < PATIENCE && !control.stopMeasurement; i++) {
            Thread.onSpinWait();
        }
    }

    /// Reads a number as soon as there is one; those that have come together are read together.
    ///
    /// @param control says when the iteration ends, and with it the other side
    @Benchmark
    @Group("number")
    public void read(Control control) {
        for (int i = 0; !hasUnread() && i < PATIENCE && !control.stopMeasurement; i++) {
            Thread.onSpinWait();
        }
        unread = Math.max(0, unread - 1);
    }

    private boolean hasUnread() {
        if (unread == 0) {
            unread = ring.take();
        }
        return unread > 0;
    }
}
