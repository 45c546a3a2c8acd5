package dev.mitosis.share;

import dev.mitosis.PoolClosedException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// Shared memory with words in it that threads of several processes change and wait for.
///
/// ```text
///  door d:  256 d        the word
///           256 d + 8    three words more that go with it
///           256 d + 128  the flag: 1 somebody waits, 2 and somebody is about to wake them
/// ```
/// The flag is raised in the [WaitingRoom] before the word is looked at there, and looked at by
/// others after they have changed the word: so either sees the other.
final class Cell {
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final long DOOR = 256;
    private static final long FLAG = 128;

    private final SharedMemory memory;

    Cell(SharedMemory memory) {
        this.memory = memory;
    }

    static long bytes(int doors) {
        return doors * DOOR;
    }

    SharedMemory memory() {
        return memory;
    }

    boolean isSame(Cell other) {
        return memory.place().equals(other.memory.place());
    }

    int hash() {
        return memory.place().file().hashCode(); // the same in all processes
    }

    /// {@return the memory}
    /// @throws PoolClosedException if it has ended with its pool
    MemorySegment segment() {
        try {
            return memory.segment();
        } catch (IllegalStateException e) {
            throw gone();
        }
    }

    static PoolClosedException gone() {
        return new PoolClosedException(
                "what lay in this memory is there no more: the pool that hosted it is closed");
    }

    static long word(int door) {
        return door * DOOR;
    }

    static long flag(int door) {
        return door * DOOR + FLAG;
    }

    long get(long at) {
        try {
            return (long) LONG.getVolatile(memory.segment(), at);
        } catch (IllegalStateException e) { // also if it ends at this moment
            throw gone();
        }
    }

    void set(long at, long value) {
        try {
            LONG.setVolatile(memory.segment(), at, value);
        } catch (IllegalStateException e) { // also if it ends at this moment
            throw gone();
        }
    }

    boolean cas(long at, long expected, long value) {
        try {
            return LONG.compareAndSet(memory.segment(), at, expected, value);
        } catch (IllegalStateException e) { // also if it ends at this moment
            throw gone();
        }
    }

    long getAndAdd(long at, long more) {
        try {
            return (long) LONG.getAndAdd(memory.segment(), at, more);
        } catch (IllegalStateException e) { // also if it ends at this moment
            throw gone();
        }
    }

    /// Wakes one who waits for a word that has just been changed; costs little if nobody does.
    void changed(int door, WaitingRoom room) {
        long flag = flag(door);
        if (get(flag) == 1 && cas(flag, 1, 2)) {
            room.knock(door);
        }
    }
}
