package dev.mitosis.cluster.spark;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A task of Spark's that carries one frame after the other, as its driver knows it.
///
/// All but its job is guarded by the [Pilots] that it is one of.
final class Pilot {
    private final long number;
    private final SparkJob job = new SparkJob();

    private @Nullable Flight flight; // what it carries
    private long leg; // how many flights it has had
    @Nullable Consumer<byte[][]> rest; // who is to be told, while it waits for a frame
    boolean begun; // whether it has asked for anything, or never will
    int rests; // how often it has rested
    long since; // when it began, as System.nanoTime()

    Pilot(long number) {
        this.number = number;
    }

    long number() {
        return number;
    }

    SparkJob job() {
        return job;
    }

    @Nullable Flight flight() {
        return flight;
    }

    /// {@return the number of the flight that it has, or had last}
    long leg() {
        return leg;
    }

    void take(Flight next) {
        flight = next;
        leg++;
    }

    /// {@return what it carried, if anything; now it carries nothing}
    @Nullable Flight land() {
        var landed = flight;
        flight = null;
        return landed;
    }

    /// {@return what it carries, if it is that flight: a context that retries tasks, or runs them
    /// twice, may have an answer come twice}
    @Nullable Flight land(long answered) {
        return answered == leg ? land() : null;
    }
}
