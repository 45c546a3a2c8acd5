package dev.mitosis.share;

import dev.mitosis.internal.StandIn;
import java.io.Serial;
import java.io.Serializable;

/// A number that threads of several processes change, each step at once: [Hosted#counter].
///
/// It lies in shared memory; each call takes some nanoseconds. What a process has added stays when
/// it dies. It ends with its pool.
public final class SharedCounter extends Travelling {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Cell cell;

    /// What travels of it.
    private record Handle(SharedMemory memory) implements StandIn, Serializable {
        @Override
        public Object original() {
            return new SharedCounter(new Cell(memory));
        }

        @Serial
        private Object readResolve() {
            return original();
        }
    }

    SharedCounter(Cell cell) {
        this.cell = cell;
    }

    /// {@return the number now}
    public long get() {
        return cell.get(0);
    }

    /// Sets the number.
    ///
    /// @param value what it will be
    public void set(long value) {
        cell.set(0, value);
    }

    /// Adds to the number.
    ///
    /// @param more how much
    /// @return what it was before
    public long getAndAdd(long more) {
        return cell.getAndAdd(0, more);
    }

    /// Adds to the number.
    ///
    /// @param more how much
    /// @return what it is then
    public long addAndGet(long more) {
        return cell.getAndAdd(0, more) + more;
    }

    /// {@return what the number was before 1 was added}
    public long getAndIncrement() {
        return getAndAdd(1);
    }

    /// {@return what the number was before 1 was taken away}
    public long getAndDecrement() {
        return getAndAdd(-1);
    }

    /// {@return what the number is after 1 was added}
    public long incrementAndGet() {
        return addAndGet(1);
    }

    /// {@return what the number is after 1 was taken away}
    public long decrementAndGet() {
        return addAndGet(-1);
    }

    /// Sets the number, if it is what is expected.
    ///
    /// @param expected what it should be
    /// @param value what it will be
    /// @return whether it was that
    public boolean compareAndSet(long expected, long value) {
        return cell.cas(0, expected, value);
    }

    @Override
    public String toString() {
        return Long.toString(get());
    }

    @Override
    public Record standIn() {
        return new Handle(cell.memory());
    }
}
