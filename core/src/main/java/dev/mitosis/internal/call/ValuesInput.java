package dev.mitosis.internal.call;

import dev.mitosis.NotShippableException;
import dev.mitosis.internal.Buffers;
import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.Column;
import dev.mitosis.internal.codec.ItemFrames;
import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.codec.ValueWriter;
import dev.mitosis.spi.Items;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// Items of the user's, pulled and serialized one by one.
///
/// What the input throws comes out of [#cut] as it is, once all items before it have been cut. A
/// large array that is an element of a collection is not copied, but sent from where it is; what an
/// iterator makes up may be one buffer that it fills again and again.
final class ValuesInput implements Input {
    /// How many bytes a batch has at most, without its last item.
    static final int MOST_BYTES = 1 << 20;

    private static final long SLOW_NANOS = 500_000;

    private final Iterable<?> input;
    private final Buffers buffers;
    private final int perFrame; // items
    private final boolean stay; // whether items are there for longer than until the next is pulled
    private @Nullable Iterator<?> items; // made when the first item is wanted, where it is pulled
    private long size = Long.MAX_VALUE;
    private long taken;
    private boolean ended;
    private @Nullable Throwable failure;
    private @Nullable Cut refused;
    private int lastBytes = 64;
    private byte lastKind; // of the item pulled last, if it is simple
    private byte alike; // the same, if the one before it was alike

    // used again for each short batch, whose bytes are copied out
    private final ByteSink sink;
    private final ValueWriter writer;

    /// Makes an input.
    ///
    /// @param chunk how many items a frame may have, or 0 for any number
    ValuesInput(Iterable<?> input, Buffers buffers, int chunk) {
        this.buffers = buffers;
        this.perFrame = chunk > 0 ? chunk : Integer.MAX_VALUE;
        this.input = java.util.Objects.requireNonNull(input, "items");
        stay = input instanceof Collection;
        sink = sink(new byte[64]);
        writer = new ValueWriter(sink);
    }

    private ByteSink sink(byte[] array) {
        var made = new ByteSink(array);
        return stay ? made : made.copyArrays();
    }

    private Iterator<?> items() {
        var known = items;
        if (known == null) {
            size = input instanceof Collection<?> all ? all.size() : Long.MAX_VALUE;
            known = input instanceof List<?> list && list instanceof RandomAccess
                    ? new ByIndex(list)
                    : input.iterator();
            items = known;
        }
        return known;
    }

    @Override
    public boolean hasFrames() {
        return true;
    }

    @Override
    public long left() {
        return Math.max(1, size - taken);
    }

    @Override
    public @Nullable Cut cut(int most) {
        var early = refused;
        if (early != null) {
            refused = null;
            return early;
        }
        rethrow();
        if (ended) {
            return null;
        }
        return isWorthWhile() ? cutLong(most) : cutShort(most);
    }

    private @Nullable Cut cutShort(int most) {
        writer.reset();
        var frames = new ItemFrames.Writer(sink, perFrame);
        int count = fill(writer, sink, frames, most);
        if (count == 0) {
            return cut(most); // a failure, a refusal or the end, each remembered
        }
        expect(sink.copied());
        var division = frames.end();
        var bytes = sink.isSimple() ? sink.copy() : sink.toBytes();
        sink.clear();
        return new Cut(new Items.Values(bytes, division, 0), count, bytes.size());
    }

    private @Nullable Cut cutLong(int most) {
        byte[] lent = buffers.take(lastBytes);
        var into = sink(lent);
        var frames = new ItemFrames.Writer(into, perFrame);
        int count = fill(new ValueWriter(into), into, frames, most);
        if (count == 0) {
            buffers.giveBack(lent);
            return cut(most); // as above
        }
        expect(into.copied());
        var division = frames.end();
        var bytes = into.toBytes();
        return new Cut(new Items.Values(bytes, division, 0), count, null, bytes.size(),
                bytes.isAll(lent) ? lent : null);
    }

    private void expect(long bytes) {
        lastBytes = (int) Math.min(Buffers.LONGEST, bytes + bytes / 16 + 16);
    }

    private boolean isWorthWhile() {
        return lastBytes >= Buffers.SHORTEST;
    }

    private int fill(ValueWriter writer, ByteSink sink, ItemFrames.Writer frames, int most) {
        long begin = Deadline.now();
        var column = new Column(sink);
        int count = 0;
        try {
            var from = items();
            while (count < most && sink.size() < MOST_BYTES && pull(from, writer, frames)) {
                count++;
                if (from instanceof ByIndex list) {
                    count += pullAlike(list, column, frames, most - count);
                } else if (count < most && Deadline.now() - begin > SLOW_NANOS) {
                    break; // a slow input: do not let the first items wait for the last
                }
            }
        } catch (Throwable e) {
            failure = e;
        }
        return count;
    }

    /// {@return whether an item was pulled and written}
    private boolean pull(Iterator<?> from, ValueWriter writer, ItemFrames.Writer frames) {
        if (failure != null) {
            return false;
        }
        if (!from.hasNext()) {
            ended = true;
            return false;
        }
        Object item = from.next();
        taken++;
        byte kind = Column.kindOf(item);
        alike = kind == lastKind ? kind : Kind.NULL;
        lastKind = kind;
        try {
            frames.beforeItem();
            writer.write(item);
            return true;
        } catch (NotShippableException e) {
            frames.dropItem();
            refused = new Cut(e);
            return false;
        }
    }

    /// Pulls and writes items like the last two, if those are simple, as long as they follow.
    ///
    /// @return how many
    private int pullAlike(ByIndex from, Column column, ItemFrames.Writer frames, int most) {
        int room = Math.min(most, frames.room());
        if (alike == Kind.NULL || room < Column.SHORTEST) {
            return 0;
        }
        try {
            column.write(alike, from, room);
        } catch (Throwable e) {
            failure = e; // after the items before it
        }
        if (column.isOver()) {
            from.takeBack(column.other());
        }
        frames.wrote(column.count());
        taken += column.count();
        return column.count();
    }

    private void rethrow() {
        var thrown = failure;
        if (thrown != null) {
            ended = true;
            failure = null;
            throw ValuesInput.<RuntimeException>asIs(thrown);
        }
    }

    /// Throws anything unwrapped, also a checked exception that an iterator threw against the
    /// rules.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X asIs(Throwable thrown) throws X {
        throw (X) thrown;
    }

    /// A list by its indices: no iterator that fails for a change behind the place it has reached.
    private static final class ByIndex implements Iterator<Object> {
        private final List<?> list;
        private final int size;
        private int next;
        private @Nullable Object back; // to be returned once more
        private boolean isBack;

        ByIndex(List<?> list) {
            this.list = list;
            this.size = list.size();
        }

        @Override
        public boolean hasNext() {
            return next < size || isBack;
        }

        @Override
        @SuppressWarnings("NullAway") // null is a legal item
        public Object next() {
            if (isBack) {
                isBack = false;
                return back;
            }
            if (next >= size) {
                throw new NoSuchElementException();
            }
            return list.get(next++);
        }

        /// Takes the last item back, so that no item is asked of the list twice.
        void takeBack(@Nullable Object item) {
            back = item;
            isBack = true;
        }
    }
}
