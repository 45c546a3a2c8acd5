package dev.mitosis.share;

import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.hosting.Caller;
import dev.mitosis.internal.hosting.Hosting;
import dev.mitosis.internal.link.Spin;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/// A lock in the first door of a cell: one thread of all processes holds it, as the word says.
///
/// ```text
///  +0   owner: party << 32 | thread, or 0, or ABANDONED, or CLOSED
///  +8   holds: how often the owner has locked it
///  +16  the process that has abandoned it
///  +24  the item that has, or DIED
/// ```
/// Nobody waits in line: whoever comes while it is free has it. One who waits looks for a moment,
/// and then waits in the room. What an owner writes here nobody else does, but for the host when
/// the owner's process is gone.
final class Mutex {
    static final int DOOR = 0;
    static final long ABANDONED = Long.MIN_VALUE;
    static final long CLOSED = Long.MIN_VALUE + 1;
    static final long DIED = -1;

    private static final long SPIN_NANOS = 20_000;
    private static final long HOLDS = 8;
    private static final long LEFT_PID = 16;
    private static final long LEFT_ITEM = 24;

    // by rooms that other processes host
    private static final int MOST_KNOWN = 1_000;
    private static final Map<WaitingRoom, Integer> KNOWN = new ConcurrentHashMap<>();

    private final Cell cell;
    private final WaitingRoom room;
    private volatile int party; // the number of this process, once it is known

    /// What came of an attempt.
    enum Taken {
        /// Somebody else has it.
        NOT,
        /// It is this thread's.
        FREE,
        /// It is this thread's, and was left locked.
        ABANDONED;

        boolean isMine() {
            return this != NOT;
        }
    }

    Mutex(Cell cell, WaitingRoom room) {
        this.cell = cell;
        this.room = room;
    }

    /// {@return the word of an owner}
    static long word(int party, long thread) {
        return (long) party << 32 | thread & 0xffff_ffffL;
    }

    /// {@return the word of this thread}
    long me() {
        if (party == 0) {
            party = Hosting.isHere(room) ? Caller.HOST : partyOf(room);
        }
        return word(party, Thread.currentThread().threadId());
    }

    /// Only who hosts the room may say it: another process that has started this one has numbers of
    /// its own, by which two threads could have the same word.
    private static int partyOf(WaitingRoom room) {
        var known = KNOWN.get(room);
        if (known != null) {
            return known;
        }
        if (KNOWN.size() >= MOST_KNOWN) {
            KNOWN.clear(); // to be asked again
        }
        int asked = room.party();
        KNOWN.put(room, asked);
        return asked;
    }

    static long ownerOf(Cell cell) {
        return cell.get(Cell.word(DOOR));
    }

    /// Leaves it, on behalf of an owner that can do so no more or is about to end.
    ///
    /// @param owner what the word says
    /// @param pid the process
    /// @param item the item, or [#DIED]
    static void abandon(Cell cell, long owner, long pid, long item) {
        cell.set(LEFT_PID, pid);
        cell.set(LEFT_ITEM, item);
        cell.cas(Cell.word(DOOR), owner, ABANDONED);
    }

    private boolean isFree() {
        return isFree(ownerOf(cell));
    }

    /// {@return whether whoever comes may take it}
    ///
    /// @param owner what the word says
    static boolean isFree(long owner) {
        return owner == 0 || owner == ABANDONED;
    }

    boolean isMine() {
        return ownerOf(cell) == me();
    }

    long holds() {
        return cell.get(HOLDS);
    }

    /// Counts what its owner does.
    void holds(long count) {
        cell.set(HOLDS, count);
    }

    Taken tryTake() {
        long owner = ownerOf(cell);
        if (owner == CLOSED) {
            throw Cell.gone();
        }
        if (!isFree(owner) || !cell.cas(Cell.word(DOOR), owner, me())) {
            return Taken.NOT;
        }
        cell.set(HOLDS, 1);
        return owner == 0 ? Taken.FREE : Taken.ABANDONED;
    }

    /// Takes it, waiting if need be.
    ///
    /// @param nanos for how long at most
    Taken take(long nanos) throws InterruptedException {
        var taken = tryTake();
        if (taken.isMine() || nanos <= 0) {
            return taken;
        }
        var deadline = Deadline.in(Duration.ofNanos(nanos));
        var spin = new Spin();
        while (true) {
            if (spin.await(this::isFree, SPIN_NANOS)) {
                taken = tryTake();
            } else {
                taken = await(deadline.left());
            }
            if (taken.isMine() || deadline.isOver()) {
                return taken;
            }
        }
    }

    /// Looks for something that others do, for as long as is worth while.
    ///
    /// @return whether they have done it
    static boolean lookFor(BooleanSupplier done) {
        return new Spin().await(done, SPIN_NANOS);
    }

    /// Waits in the room. Whoever was woken and is interrupted takes it all the same, if it is
    /// free: nobody else was woken.
    private Taken await(long nanos) throws InterruptedException {
        long owner = ownerOf(cell);
        try {
            if (!isFree(owner)) {
                room.await(owner, nanos);
            }
            return tryTake();
        } catch (InterruptedException e) {
            var taken = tryTake();
            if (taken.isMine()) {
                Thread.currentThread().interrupt();
                return taken;
            }
            throw e;
        }
    }

    /// Takes it, whatever interrupts this thread, which stays so.
    Taken takeUninterruptibly() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return take(Monitored.FOREVER);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Ends it: whoever still has the memory mapped, as a worker of another pool may, is told.
    static void close(Cell cell) {
        cell.set(Cell.word(DOOR), CLOSED);
    }

    /// Gives it up; it is the caller's.
    void give() {
        cell.set(HOLDS, 0);
        if (cell.cas(Cell.word(DOOR), me(), 0)) { // else its pool was closed meanwhile
            cell.changed(DOOR, room);
        }
    }

    /// Leaves it, since the item that took it has ended.
    void leave(long item) {
        abandon(cell, me(), ProcessHandle.current().pid(), item);
        cell.changed(DOOR, room);
    }

    /// {@return who left it, in words, for whoever has just taken it}
    String whoLeft() {
        long pid = cell.get(LEFT_PID);
        long item = cell.get(LEFT_ITEM);
        return (item == DIED
                ? "process " + pid + " has ended while it held this lock"
                : "item " + item + ", in process " + pid + ", has ended and left this lock locked")
                + "; what it guards may be half changed. This thread holds the lock now";
    }
}
