package dev.mitosis.share;

import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.StandIn;
import java.io.InvalidObjectException;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.AbstractQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A bounded queue between threads of several processes: [Hosted#queue].
///
/// @param <T> the type of an element
final class SharedQueue<T> extends AbstractQueue<T>
        implements BlockingQueue<T>, Serializable, StandIn.Source {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient QueueHandle parts;
    private final transient Cell cell;
    private final transient QueueMemory memory;
    private final transient Mutex mutex;

    SharedQueue(QueueHandle parts) {
        this.parts = parts;
        this.cell = new Cell(parts.memory());
        this.memory = new QueueMemory(cell, parts.depot(), parts.capacity());
        this.mutex = new Mutex(cell, parts.room());
    }

    // -- adding ------------------------------------------------------------------------------

    @Override
    public void put(T element) throws InterruptedException {
        add(element, Monitored.FOREVER);
    }

    @Override
    public boolean offer(T element, long time, TimeUnit unit) throws InterruptedException {
        return add(element, unit.toNanos(time));
    }

    @Override
    public boolean offer(T element) {
        return tryAdd(bytes(element));
    }

    private boolean add(T element, long nanos) throws InterruptedException {
        byte[] bytes = bytes(element);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        var deadline = Deadline.in(Duration.ofNanos(nanos));
        while (true) {
            long head = memory.head();
            if (tryAdd(bytes)) {
                return true;
            }
            if (!await(QueueMemory.HEAD, head, deadline)) {
                return tryAdd(bytes);
            }
        }
    }

    private static byte[] bytes(Object element) {
        byte[] bytes = Copies.bytes(element);
        if (bytes.length > QueueMemory.LONGEST) {
            throw new IllegalArgumentException("an element of a shared queue has " + bytes.length
                    + " bytes, and " + QueueMemory.LONGEST + " are the most; share what is larger");
        }
        return bytes;
    }

    private boolean tryAdd(byte[] element) {
        boolean added;
        mutex.takeUninterruptibly();
        try {
            added = memory.add(element);
        } catch (RuntimeException | Error e) {
            cell.changed(QueueMemory.HEAD, parts.room()); // it may be this thread that was woken
            throw e;
        } finally {
            mutex.give();
        }
        if (added) {
            cell.changed(QueueMemory.TAIL, parts.room());
        }
        if (added && memory.size() < memory.capacity()) {
            cell.changed(QueueMemory.HEAD, parts.room()); // another may be woken to add more
        }
        return added;
    }

    // -- taking ------------------------------------------------------------------------------

    @Override
    public T take() throws InterruptedException {
        return Objects.requireNonNull(remove(Monitored.FOREVER));
    }

    @Override
    public @Nullable T poll(long time, TimeUnit unit) throws InterruptedException {
        return remove(unit.toNanos(time));
    }

    @Override
    public @Nullable T poll() {
        byte[] element = tryTake();
        return element == null ? null : value(element);
    }

    private @Nullable T remove(long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        var deadline = Deadline.in(Duration.ofNanos(nanos));
        while (true) {
            long tail = memory.tail();
            byte[] element = tryTake();
            if (element == null && !await(QueueMemory.TAIL, tail, deadline)) {
                element = tryTake();
                return element == null ? null : value(element);
            }
            if (element != null) {
                return value(element);
            }
        }
    }

    private byte @Nullable [] tryTake() {
        if (memory.size() == 0) {
            return null;
        }
        byte[] element;
        mutex.takeUninterruptibly();
        try {
            element = memory.take();
        } catch (RuntimeException | Error e) {
            cell.changed(QueueMemory.TAIL, parts.room()); // it may be this thread that was woken
            throw e;
        } finally {
            mutex.give();
        }
        if (element != null) {
            took();
        }
        return element;
    }

    private void took() {
        cell.changed(QueueMemory.HEAD, parts.room());
        if (memory.size() > 0) {
            cell.changed(QueueMemory.TAIL, parts.room()); // another may be woken to take more
        }
    }

    /// Waits until others have added or taken.
    ///
    /// @return whether they have, in time
    private boolean await(int door, long seen, Deadline deadline) throws InterruptedException {
        return Mutex.lookFor(() -> cell.get(Cell.word(door)) != seen)
                || deadline.left() > 0 && parts.room().await(door, seen, deadline.left());
    }

    @Override
    public int drainTo(Collection<? super T> into) {
        return drainTo(into, Integer.MAX_VALUE);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a queue equals no other
    public int drainTo(Collection<? super T> into, int most) {
        Objects.requireNonNull(into, "into");
        if (into == this) {
            throw new IllegalArgumentException("a queue cannot be drained into itself");
        }
        var elements = new ArrayList<byte[]>();
        mutex.takeUninterruptibly();
        try {
            byte[] element;
            while (elements.size() < most && (element = memory.take()) != null) {
                elements.add(element);
            }
        } catch (RuntimeException | Error e) {
            if (elements.isEmpty()) { // else the next who asks is told, and these are not lost
                throw e;
            }
        } finally {
            mutex.give();
        }
        if (!elements.isEmpty()) {
            took();
        }
        elements.forEach(element -> into.add(value(element)));
        return elements.size();
    }

    // -- looking -----------------------------------------------------------------------------

    @Override
    public @Nullable T peek() {
        var first = look(1);
        return first.isEmpty() ? null : value(first.getFirst());
    }

    @Override
    public int size() {
        return memory.size();
    }

    @Override
    public int remainingCapacity() {
        return memory.capacity() - memory.size();
    }

    /// The elements that are there now.
    @Override
    public Iterator<T> iterator() {
        var now = look(Integer.MAX_VALUE).stream().map(this::value).toList();
        return Collections.unmodifiableList(now).iterator();
    }

    private List<byte[]> look(int most) {
        var elements = new ArrayList<byte[]>();
        mutex.takeUninterruptibly();
        try {
            long tail = memory.tail();
            for (long i = memory.head(); i < tail && elements.size() < most; i++) {
                elements.add(memory.look(i));
            }
        } finally {
            mutex.give();
        }
        return elements;
    }

    private T value(byte[] element) {
        return Copies.value(element, parts.room());
    }

    @Override
    public String toString() {
        return "SharedQueue[" + memory.size() + " of " + memory.capacity() + "]";
    }

    @Override
    public Record standIn() {
        return parts;
    }

    @Serial
    private Object writeReplace() {
        return standIn();
    }

    @Serial
    private Object readResolve() throws InvalidObjectException {
        throw Handle.misread();
    }
}
