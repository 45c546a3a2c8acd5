package dev.mitosis.internal.codec;

import dev.mitosis.internal.StandIn;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Reads values and outcomes from records of a [Kind], one after another; for one thread.
///
/// A record within a deep nest of records is read by another thread, while this one waits.
public final class ValueReader {
    private static final int DEEP = 64; // records in records before a larger stack is needed
    private static final int SHOWN = 8; // records in records that a summary shows

    private final ByteSource source;
    private final ClassLoader loader;
    private final @Nullable ObjectInputFilter filter;
    private final Shapes shapes;
    private long limit = Long.MAX_VALUE; // where the record ends that is being read
    private int depth; // of records in records
    private byte columnKind; // of the column that was begun last
    private int columnLeft; // how many of its items have not been read

    /// Makes a reader for one stream of records, from its beginning.
    ///
    /// @param source where the records come from
    /// @param loader finds classes
    /// @param filter checks what Java deserializes, or null to let everything pass
    public ValueReader(ByteSource source, ClassLoader loader, @Nullable ObjectInputFilter filter) {
        this.source = source;
        this.loader = loader;
        this.filter = filter;
        this.shapes = new Shapes(loader, filter);
    }

    /// {@return the kind of the next value or outcome, which stays; without [Kind#HUGE]}
    /// @throws IOException if the stream breaks off or is corrupt
    public byte nextKind() throws IOException {
        if (columnLeft > 0) {
            return columnKind;
        }
        byte kind = source.peek();
        while ((kind & ~Kind.HUGE) == Kind.SHAPE) {
            declare(source.readByte());
            kind = source.peek();
        }
        if (kind == Kind.COLUMN) {
            source.readByte();
            beginColumn();
            return columnKind;
        }
        bodySize(kind);
        return (byte) (kind & ~Kind.HUGE);
    }

    /// Reads the next value; if it cannot be read back, it is passed over all the same.
    ///
    /// @return the value
    /// @throws dev.mitosis.NotReadableException if it cannot be read back; says why
    /// @throws IOException if the stream breaks off or is corrupt
    public @Nullable Object read() throws IOException {
        if (columnLeft > 0) {
            columnLeft--;
            return fixed(columnKind);
        }
        byte kind = source.readByte();
        while ((kind & ~Kind.HUGE) == Kind.SHAPE) {
            declare(kind);
            kind = source.readByte();
        }
        if (kind == Kind.COLUMN) {
            beginColumn();
            return read();
        }
        return kind < Kind.LATIN1 ? fixed(kind) : variable(kind);
    }

    private void beginColumn() throws IOException {
        columnKind = source.readByte();
        columnLeft = Column.requireLength(columnKind, source.readInt());
    }

    /// Reads a value that [#nextKind] has told to be a number, without boxing it.
    ///
    /// @return the `int` or `long`, or the raw bits of the `double`
    /// @throws IOException if the stream breaks off or has another kind here
    public long readNumber() throws IOException {
        byte kind = source.readByte();
        return switch (kind) {
            case Kind.INT -> source.readInt();
            case Kind.LONG, Kind.DOUBLE -> source.readLong();
            default -> throw notA("number", kind);
        };
    }

    /// Reads more numbers of the kind that was read last by [#readNumber], as long as they follow.
    ///
    /// @param kind the kind
    /// @param into where they go
    /// @param offset where in it
    /// @param most how many at most
    /// @return how many
    public int readRun(byte kind, long[] into, int offset, int most) {
        return source.readRun(kind, Kind.bodySize(kind), into, offset, most);
    }

    /// Reads the [Kind#AT] before a failure.
    ///
    /// @return the place of the item that the failure is about
    /// @throws IOException if the stream breaks off, is corrupt or has another kind here
    public long readAt() throws IOException {
        byte kind = nextKind();
        if (kind != Kind.AT) {
            throw new IOException("corrupt: a record of kind " + kind + " instead of a place");
        }
        source.readByte();
        return source.readLong();
    }

    /// Reads an outcome of kind [Kind#FAILED].
    ///
    /// @return what the function threw, or a stand-in if that cannot be read back
    /// @throws IOException if the stream breaks off or is corrupt
    public Throwable readFailure() throws IOException {
        byte kind = nextKind();
        if (kind != Kind.FAILED) {
            throw new IOException("corrupt: an outcome of kind " + kind + " instead of a failure");
        }
        long length = length(source.readByte());
        return Failures.decode(source.take(length), loader, filter);
    }

    /// Reads the next value as text, without running any code of its class: plain values as they
    /// are, others by the name of their class.
    ///
    /// @return the text
    /// @throws IOException if the stream breaks off or is corrupt
    public String readSummary() throws IOException {
        byte kind = nextKind();
        if (kind < Kind.BYTES) {
            return String.valueOf(read());
        }
        long length = length(source.readByte());
        if (kind == Kind.RECORD) {
            return recordSummary(source.position() + length);
        }
        byte[] head = source.readArray((int) Math.min(length, Summary.HEAD));
        source.skip(length - head.length);
        return Summary.of(kind, head, length);
    }

    private String recordSummary(long end) throws IOException {
        var name = shapes.get(source.readInt()).name();
        var text = new StringJoiner(", ", name.substring(name.lastIndexOf('.') + 1) + "[", "]");
        depth++; // a list of records is as deep as it is long
        while (source.position() < end && text.length() < Summary.HEAD && depth < SHOWN) {
            text.add(readSummary());
        }
        depth--;
        if (source.position() < end) {
            text.add("...");
            source.skip(end - source.position());
        }
        return text.toString();
    }

    /// Passes over the next value or outcome.
    ///
    /// @throws IOException if the stream breaks off or is corrupt
    public void skip() throws IOException {
        nextKind();
        if (columnLeft > 0) {
            columnLeft--;
            source.skip(Kind.bodySize(columnKind));
            return;
        }
        byte kind = source.readByte();
        int size = bodySize(kind);
        source.skip(size >= 0 ? size : length(kind));
    }

    private static int bodySize(byte kind) throws IOException {
        try {
            return Kind.bodySize(kind);
        } catch (IllegalArgumentException e) {
            throw new IOException("corrupt: " + e.getMessage(), e);
        }
    }

    /// Reads the length of a variable record and makes sure that it lies in the record around it.
    private long length(byte kind) throws IOException {
        long length;
        if ((kind & Kind.HUGE) != 0) {
            need(8);
            length = source.readLong();
        } else {
            need(4);
            length = source.readInt();
        }
        if (length < 0) {
            throw new IOException("corrupt: a length of " + length);
        }
        need(length);
        return length;
    }

    private void need(long bytes) throws IOException {
        if (limit - source.position() < bytes) {
            throw new IOException("corrupt: a value that is longer than what it is part of");
        }
    }

    private void declare(byte kind) throws IOException {
        int length = (int) Math.min(length(kind), Integer.MAX_VALUE);
        shapes.declare(source.readArray(length));
    }

    private @Nullable Object fixed(byte kind) throws IOException {
        return kind == Kind.INT ? (Object) intBody() : wide(kind);
    }

    private @Nullable Object wide(byte kind) throws IOException {
        return switch (kind) {
            case Kind.DOUBLE -> (Object) Double.longBitsToDouble(longBody());
            case Kind.LONG -> (Object) longBody();
            default -> rare(kind);
        };
    }

    private @Nullable Object rare(byte kind) throws IOException {
        return switch (kind) {
            case Kind.NULL -> null;
            case Kind.FALSE -> (Object) false;
            case Kind.TRUE -> (Object) true;
            case Kind.BYTE -> (Object) byteBody();
            case Kind.SHORT -> (Object) (short) twoBytes();
            case Kind.CHAR -> (Object) (char) twoBytes();
            case Kind.FLOAT -> (Object) Float.intBitsToFloat(intBody());
            default -> throw notA("value", kind);
        };
    }

    private @Nullable Object variable(byte kind) throws IOException {
        int plain = kind & ~Kind.HUGE;
        if (plain < Kind.LATIN1 || plain > Kind.LIST || plain == Kind.SHAPE) {
            throw notA("value", kind);
        }
        long length = length(kind);
        long end = source.position() + length;
        try {
            return variable(plain, length);
        } catch (Throwable e) {
            passOver(end, e);
            throw e;
        }
    }

    /// So that what follows the record can be read.
    private void passOver(long end, Throwable why) {
        try {
            source.skip(end - source.position());
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    private @Nullable Object variable(int kind, long length) throws IOException {
        return switch (kind) {
            case Kind.LATIN1 -> source.readLatin1(PrimitiveArrays.count(length, 1));
            case Kind.UTF16 -> PrimitiveArrays.chars(source, length);
            case Kind.BYTES -> source.readArray(PrimitiveArrays.count(length, 1));
            case Kind.INTS -> PrimitiveArrays.ints(source, length);
            case Kind.LONGS -> PrimitiveArrays.longs(source, length);
            case Kind.FLOATS -> PrimitiveArrays.floats(source, length);
            case Kind.DOUBLES -> PrimitiveArrays.doubles(source, length);
            case Kind.RECORD -> record(source.position() + length);
            case Kind.LIST -> Lists.read(this, source, source.position() + length);
            default -> JavaReader.read(source.take(length), loader, filter);
        };
    }

    private Object record(long end) throws IOException {
        long outer = enter(end);
        try {
            need(4);
            return record(shapes.get(source.readInt()), end);
        } finally {
            leave(outer);
        }
    }

    private Object record(KnownShape shape, long end) throws IOException {
        try {
            var record = depth == DEEP ? DeepStack.call(() -> shape.read(this)) : shape.read(this);
            if (source.position() != end) {
                throw new IOException("corrupt: a record that is longer than its components");
            }
            return record instanceof StandIn standIn ? standIn.original() : record;
        } catch (IOException | OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            throw Unreadable.because("a record of class " + shape.name(), e);
        }
    }

    /// Begins a value within the one that is being read.
    ///
    /// @return what [#leave] wants
    long enter(long end) {
        long outer = limit;
        limit = end;
        depth++;
        return outer;
    }

    void leave(long outer) {
        limit = outer;
        depth--;
    }

    private int intBody() throws IOException {
        need(4);
        return source.readInt();
    }

    private long longBody() throws IOException {
        need(8);
        return source.readLong();
    }

    private byte byteBody() throws IOException {
        need(1);
        return source.readByte();
    }

    private int twoBytes() throws IOException {
        need(2);
        return source.readByte() & 0xff | source.readByte() << 8;
    }

    private void expect(byte kind) throws IOException {
        byte found = byteBody();
        if (found != kind) {
            throw notA("component of kind " + kind, found);
        }
    }

    private static IOException notA(String wanted, byte kind) {
        return new IOException("corrupt: no " + wanted + " but kind " + kind);
    }

    boolean booleanPart() throws IOException {
        byte kind = byteBody();
        if (kind != Kind.TRUE && kind != Kind.FALSE) {
            throw notA("boolean", kind);
        }
        return kind == Kind.TRUE;
    }

    byte bytePart() throws IOException {
        expect(Kind.BYTE);
        return byteBody();
    }

    short shortPart() throws IOException {
        expect(Kind.SHORT);
        return (short) twoBytes();
    }

    char charPart() throws IOException {
        expect(Kind.CHAR);
        return (char) twoBytes();
    }

    int intPart() throws IOException {
        expect(Kind.INT);
        return intBody();
    }

    long longPart() throws IOException {
        expect(Kind.LONG);
        return longBody();
    }

    float floatPart() throws IOException {
        expect(Kind.FLOAT);
        return Float.intBitsToFloat(intBody());
    }

    double doublePart() throws IOException {
        expect(Kind.DOUBLE);
        return Double.longBitsToDouble(longBody());
    }

    @Nullable Object part() throws IOException {
        byte kind = byteBody();
        return kind < Kind.LATIN1 ? fixed(kind) : variable(kind);
    }
}
