package dev.mitosis.internal.codec;

import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Writes consecutive items of one simple type as one record of [Kind#COLUMN]; for one thread.
///
/// Numbers in a column need no byte each to say what they are, and both sides handle them in a
/// short loop, which is compiled soon.
public final class Column {
    /// Fewer are not worth a head.
    public static final int SHORTEST = 8;

    private static final int LONGEST = 1 << 10;
    private static final int HEAD = 1 + 1 + 4;

    private final ByteSink sink;
    private int count;
    private boolean over;
    private @Nullable Object other;

    /// Makes a writer of columns.
    ///
    /// @param sink where they go
    public Column(ByteSink sink) {
        this.sink = sink;
    }

    /// {@return the kind of the column that a value could be in, or [Kind#NULL] if there is none}
    ///
    /// @param value the value, or null
    public static byte kindOf(@Nullable Object value) { // a switch over types would be slower
        var type = value == null ? Void.class : value.getClass();
        return type == Integer.class ? Kind.INT
                : type == Long.class ? Kind.LONG
                : type == Double.class ? Kind.DOUBLE : Kind.NULL;
    }

    /// {@return the body of the record of a number}
    ///
    /// @param number an `Integer`, a `Long` or a `Double`
    public static long bits(Number number) {
        return number instanceof Double value
                ? Double.doubleToRawLongBits(value) : number.longValue();
    }

    /// Returns how many items a column has, according to its head.
    static int requireLength(byte kind, int count) throws IOException {
        if (kind != Kind.INT && kind != Kind.LONG && kind != Kind.DOUBLE || count <= 0) {
            throw new IOException("corrupt: a column of " + count + " items of kind " + kind);
        }
        return count;
    }

    /// Takes items and appends them, as long as they are of one kind. What taking one throws comes
    /// out as it is; the items before it are appended.
    ///
    /// @param kind the kind
    /// @param items the items
    /// @param most how many at most
    public void write(byte kind, Iterator<?> items, int most) {
        int longest = Math.min(most, LONGEST);
        int body = Kind.bodySize(kind);
        int start = sink.reserve(HEAD + longest * body);
        int done = 0;
        over = false;
        try {
            while (done < longest && items.hasNext()) {
                Object item = items.next();
                if (kindOf(item) != kind) {
                    over = true;
                    other = item;
                    break;
                }
                sink.setNumber(start + HEAD + done * body, body, bits((Number) item));
                done++;
            }
        } finally {
            count = done;
            end(start, kind, (longest - done) * body);
        }
    }

    private void end(int start, byte kind, int unused) {
        if (count == 0) {
            sink.giveBack(HEAD + unused);
        } else {
            sink.giveBack(unused);
            sink.setColumn(start, kind, count);
        }
    }

    /// {@return how many items were appended by the last [#write]}
    public int count() {
        return count;
    }

    /// {@return whether that has taken one more item, which is of another kind}
    public boolean isOver() {
        return over;
    }

    /// {@return that item, once}
    public @Nullable Object other() {
        var taken = other;
        other = null;
        over = false;
        return taken;
    }
}
