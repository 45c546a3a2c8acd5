package dev.mitosis.internal.codec;

import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Items;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;

/// Takes some items out of those of a lease, by their lengths: none of them is read.
///
/// It costs a look at the head of each item up to the last that is wanted, and copies nothing. What
/// is behind that goes, but for the rest of a column. What is before the first stays if it declares
/// a shape, which items behind it may need, or if what is wanted is in more than one frame.
public final class SomeItems {
    private final ByteSource source;
    private byte columnKind;
    private int columnLeft; // how many of its items have not been passed
    private boolean shaped; // whether a shape was passed

    private SomeItems(ByteSource source) {
        this.source = source;
    }

    /// Returns some items.
    ///
    /// @param items all of them
    /// @param from how many to leave out at the beginning, besides those that are skipped anyway
    /// @param count how many to take
    /// @return these
    /// @throws IOException if there are not so many, or the bytes are corrupt
    public static Items.Values of(Items.Values items, int from, int count) throws IOException {
        return new SomeItems(ByteSource.of(items.bytes()))
                .take(items, items.skip() + from, count);
    }

    private Items.Values take(Items.Values items, int skip, int count) throws IOException {
        int most = items.frames().most();
        long head = -1; // of the last frame that was begun, unless it is the first
        long start = -1; // of what is wanted, if nothing before it is needed
        for (int i = 0; i < skip + count; i++) {
            if (i > 0 && i % most == 0) {
                head = source.position();
                source.skip(Long.BYTES + 1); // its length and its type
            }
            if (i == skip && !shaped && columnLeft == 0) {
                start = source.position();
            }
            pass();
        }
        source.skip((long) columnLeft * Kind.bodySize(columnKind));
        long end = source.position();
        if (start >= 0 && head <= start) {
            return new Items.Values(run(items.bytes(), start, end), Items.Frames.ONE, 0);
        }
        return head < 0
                ? new Items.Values(run(items.bytes(), 0, end), Items.Frames.ONE, skip)
                : new Items.Values(shortened(items.bytes(), head, end), items.frames(), skip);
    }

    private void pass() throws IOException {
        if (columnLeft == 0) {
            byte kind = source.readByte();
            while ((kind & ~Kind.HUGE) == Kind.SHAPE) {
                shaped = true;
                source.skip(length(kind));
                kind = source.readByte();
            }
            if (kind != Kind.COLUMN) {
                source.skip(length(kind));
                return;
            }
            columnKind = source.readByte();
            columnLeft = Column.requireLength(columnKind, source.readInt());
        }
        columnLeft--;
        source.skip(Kind.bodySize(columnKind));
    }

    private long length(byte kind) throws IOException {
        if (!Kind.isKnown(kind)) {
            throw new IOException("corrupt: no item has the kind " + kind);
        }
        int fixed = Kind.bodySize(kind);
        long length = fixed >= 0 ? fixed
                : (kind & Kind.HUGE) != 0 ? source.readLong() : source.readInt();
        if (length < 0) {
            throw new IOException("corrupt: a length of " + length);
        }
        return length;
    }

    /// Returns the bytes up to an end in a frame, whose head is told of it.
    private static Bytes shortened(Bytes bytes, long head, long end) {
        long begin = head + Long.BYTES;
        var length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(end - begin).array();
        var pieces = new ArrayList<>(run(bytes, 0, head).pieces());
        pieces.add(new Bytes.Piece(length, 0, length.length));
        pieces.addAll(run(bytes, begin, end).pieces());
        return new Bytes(pieces, end);
    }

    private static Bytes run(Bytes bytes, long from, long to) {
        var pieces = new ArrayList<Bytes.Piece>();
        long at = 0;
        for (var piece : bytes.pieces()) {
            long begin = Math.max(from, at);
            long end = Math.min(to, at + piece.length());
            if (begin < end) {
                pieces.add(new Bytes.Piece(piece.array(), (int) (piece.offset() + begin - at),
                        (int) (end - begin)));
            }
            at += piece.length();
        }
        return new Bytes(pieces, to - from);
    }
}
