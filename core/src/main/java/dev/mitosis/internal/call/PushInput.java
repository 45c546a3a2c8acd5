package dev.mitosis.internal.call;

import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.ValueWriter;
import dev.mitosis.NotShippableException;
import dev.mitosis.spi.Items;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Items that another thread pushes; a cut takes what is there and waits only for the first.
final class PushInput implements Input {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // guarded by lock
    private final ArrayDeque<Pushed> items = new ArrayDeque<>();
    private boolean ended;

    /// An item, which may be null.
    private record Pushed(@Nullable Object item) {}

    /// Adds an item.
    void push(@Nullable Object item) {
        lock.lock();
        try {
            items.addLast(new Pushed(item));
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Says that no more items come.
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// {@return how many items wait to be cut}
    int waiting() {
        lock.lock();
        try {
            return items.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long left() {
        return Long.MAX_VALUE;
    }

    @Override
    public @Nullable Cut cut(int most) {
        var sink = new ByteSink(1024).copyArrays();
        var writer = new ValueWriter(sink);
        int count = 0;
        for (Pushed next; count < most && sink.size() < ValuesInput.MOST_BYTES
                && (next = poll(count == 0)) != null; count++) {
            try {
                writer.write(next.item());
            } catch (NotShippableException e) {
                if (count == 0) {
                    return new Cut(e);
                }
                putBack(next);
                break;
            }
        }
        if (count == 0) {
            return null;
        }
        var bytes = sink.toBytes();
        return new Cut(new Items.Values(bytes), count, bytes.size());
    }

    private @Nullable Pushed poll(boolean wait) {
        lock.lock();
        try {
            while (wait && items.isEmpty() && !ended) {
                changed.await();
            }
            return items.poll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null; // the call was closed
        } finally {
            lock.unlock();
        }
    }

    private void putBack(Pushed item) {
        lock.lock();
        try {
            items.addFirst(item);
        } finally {
            lock.unlock();
        }
    }
}
