package dev.mitosis.share;

import dev.mitosis.internal.hosting.Hosting;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/// The elements of a queue in shared memory; whoever uses it holds its [Mutex].
///
/// ```text
///  door 0  the mutex
///  door 1  tail: elements ever added        768   slots, one more than there may be elements:
///  door 2  head: elements ever taken              | start, long | length, int | place, int |
///                                           then  a ring of bytes
/// ```
/// The place is 0 inside of the ring, and otherwise who has put it into the depot.
///
/// A change is complete with the store of tail or head, and before that it has not been: so whoever
/// dies at any moment leaves the queue as it was before, or after.
final class QueueMemory {
    static final int TAIL = 1;
    static final int HEAD = 2;
    static final int DOORS = 3;

    /// How long an element may be: any process must be able to put it into the depot and to get it.
    static final int LONGEST = Hosting.MOST_BYTES - 1024;

    private static final long SLOTS = Cell.bytes(DOORS);
    private static final int SLOT = 16;
    private static final int INSIDE = 0;
    private static final long TYPICAL = 256; // bytes of an element
    private static final long LEAST_RING = 64 << 10;
    private static final long LARGEST_RING = 4 << 20;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    private final Cell cell;
    private final Depot depot;
    private final int capacity;
    private final long ring;
    private final long ringSize;

    QueueMemory(Cell cell, Depot depot, int capacity) {
        this.cell = cell;
        this.depot = depot;
        this.capacity = capacity;
        ring = SLOTS + (capacity + 1L) * SLOT;
        ringSize = ringSize(capacity);
    }

    private static long ringSize(int capacity) {
        return Math.clamp(capacity * TYPICAL, LEAST_RING, LARGEST_RING);
    }

    static long bytes(int capacity) {
        return SLOTS + (capacity + 1L) * SLOT + ringSize(capacity);
    }

    long tail() {
        return cell.get(Cell.word(TAIL));
    }

    long head() {
        return cell.get(Cell.word(HEAD));
    }

    /// {@return how many elements there are; between two looks others may come and go}
    int size() {
        long head = head();
        return Math.clamp(tail() - head, 0, capacity);
    }

    int capacity() {
        return capacity;
    }

    /// Adds an element, if there is room for it.
    ///
    /// @return whether there was
    boolean add(byte[] element) {
        long tail = tail();
        long head = head();
        if (tail - head >= capacity) {
            return false;
        }
        long start = tail == 0 ? 0 : end(tail - 1);
        long used = tail == head ? 0 : start - start(head);
        if (element.length <= ringSize - used) {
            copyIn(element, start);
            slot(tail, start, element.length, INSIDE);
        } else {
            slot(tail, start, 0, depot.put(tail, element, head));
        }
        cell.set(Cell.word(TAIL), tail + 1);
        return true;
    }

    /// Takes the first element, if there is one.
    ///
    /// @return its bytes
    byte @Nullable [] take() {
        long head = head();
        if (tail() == head) {
            return null;
        }
        byte[] element = look(head);
        int place = place(head);
        cell.set(Cell.word(HEAD), head + 1);
        if (place != INSIDE) {
            depot.drop(head, place); // not before: whoever dies in between must not have lost it
        }
        return element;
    }

    private int place(long number) {
        return memory().get(INT, at(number) + 12);
    }

    /// {@return an element, which stays}
    ///
    /// @param number its number
    byte[] look(long number) {
        int place = place(number);
        if (place != INSIDE) {
            return depot.look(number, place);
        }
        int length = memory().get(INT, at(number) + 8);
        if (length < 0 || length > ringSize) {
            throw new IllegalStateException("a queue in shared memory is corrupt: an element"
                    + " claims to be " + length + " bytes long");
        }
        byte[] element = new byte[length];
        copyOut(element, start(number));
        return element;
    }

    private MemorySegment memory() {
        return cell.segment();
    }

    private long at(long number) {
        return SLOTS + Math.floorMod(number, capacity + 1L) * SLOT;
    }

    private long start(long number) {
        return memory().get(LONG, at(number));
    }

    private long end(long number) {
        return start(number) + memory().get(INT, at(number) + 8);
    }

    private void slot(long number, long start, int length, int place) {
        long at = at(number);
        memory().set(LONG, at, start);
        memory().set(INT, at + 8, length);
        memory().set(INT, at + 12, place);
    }

    private void copyIn(byte[] element, long start) {
        long at = Math.floorMod(start, ringSize);
        int first = (int) Math.min(element.length, ringSize - at);
        MemorySegment.copy(element, 0, memory(), ValueLayout.JAVA_BYTE, ring + at, first);
        MemorySegment.copy(element, first, memory(), ValueLayout.JAVA_BYTE, ring,
                element.length - first);
    }

    private void copyOut(byte[] element, long start) {
        long at = Math.floorMod(start, ringSize);
        int first = (int) Math.min(element.length, ringSize - at);
        MemorySegment.copy(memory(), ValueLayout.JAVA_BYTE, ring + at, element, 0, first);
        MemorySegment.copy(memory(), ValueLayout.JAVA_BYTE, ring, element, first,
                element.length - first);
    }
}
