package dev.mitosis.share;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.mitosis.internal.Deadline;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/// A thread waits in a [WaitingRoom] for a word of shared memory to change, another changes it and
/// looks whether somebody waits: nobody is forgotten there.
///
/// ```text
///  word = 1           |  r1 = await(word is 0 no more), long before the time is over
///  knock, if flag up  |
/// ```
@JCStressTest
@Outcome(id = "true", expect = ACCEPTABLE, desc = "woken, or it did not wait")
@Outcome(id = "false", expect = FORBIDDEN, desc = "forgotten: it waited until its time was over")
@State
public class WaitingRoomStress {
    private static final Duration LONG = Duration.ofSeconds(10);

    // a door for each state, in turn; of those jcstress keeps 40 x 256 at a time
    private static final int DOORS = 1 << 16;
    private static final Cell CELL = new Cell(SharedMemory.create(Cell.bytes(DOORS)));
    private static final WaitingRoom ROOM = new Porch(CELL, DOORS);
    private static final AtomicInteger MADE = new AtomicInteger();

    private final int door = MADE.getAndIncrement() & DOORS - 1;

    /// Makes one whose word is as it was before.
    public WaitingRoomStress() {
        CELL.set(Cell.word(door), 0);
    }

    /// Changes the word.
    @Actor
    public void change() {
        CELL.set(Cell.word(door), 1);
        CELL.changed(door, ROOM);
    }

    /// Waits, and tells by the clock whether the change or the end of its time has ended that.
    @Actor
    public void await(Z_Result r) {
        var early = Deadline.in(LONG.dividedBy(2));
        try {
            r.r1 = ROOM.await(door, 0, LONG.toNanos()) && !early.isOver();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this", e);
        }
    }
}
