package dev.mitosis.internal.codec;

import dev.mitosis.internal.StandIn;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes values and outcomes as records of a [Kind], one after another; for one thread.
public final class ValueWriter {
    private final ByteSink sink;
    private Map<RecordShape, Integer> shapes = Map.of(); // its own as soon as it has any
    private @Nullable RecordShape last; // a shape in shapes, the one used last
    private int lastNumber;
    private @Nullable Class<?> lastType; // its class
    private int depth; // of records in records
    private @Nullable References references; // of the record that is being written
    private boolean referring; // whether they are to be noted
    private boolean huge; // whether this value is written with long lengths

    /// Makes a writer for one stream of records.
    ///
    /// @param sink where the records go
    public ValueWriter(ByteSink sink) {
        this.sink = sink;
    }

    /// Begins another stream of records.
    public void reset() {
        if (!shapes.isEmpty()) {
            shapes.clear();
            last = null;
            lastType = null;
        }
    }

    /// Appends one value; if it cannot travel, the sink stays as it was.
    ///
    /// @param value the value
    /// @throws dev.mitosis.NotShippableException if it cannot travel; names the path of
    ///     fields and the cure
    public void write(@Nullable Object value) {
        if (value == null) {
            sink.putByte(Kind.NULL);
        } else if (!small(value)) {
            carefully(value);
        }
    }

    /// Appends a number, as [#write] does, without boxing it.
    ///
    /// @param value the number
    public void writeLong(long value) {
        sink.putRecord(Kind.LONG, value);
    }

    /// Appends what a function threw, or a faithful stand-in; never fails.
    ///
    /// @param failure what it threw
    public void writeFailure(Throwable failure) {
        var both = Failures.encode(failure);
        head(Kind.FAILED, both.size());
        for (var piece : both.pieces()) {
            sink.putBytes(piece.array(), piece.offset(), piece.length());
        }
    }

    private void carefully(Object value) {
        var mark = sink.mark();
        int known = shapes.size();
        try {
            patiently(value, mark, known);
        } catch (Throwable e) {
            rollBack(mark, known);
            throw Complaint.about(value, e);
        }
    }

    private void patiently(Object value, ByteSink.Mark mark, int known) throws Throwable {
        try {
            repeatedly(value, mark);
        } catch (StackOverflowError e) {
            rollBack(mark, known);
            DeepStack.<@Nullable Void>call(() -> {
                repeatedly(value, mark);
                return null;
            });
        }
    }

    /// Begins anew when something turns up that should have been written before the value.
    private void repeatedly(Object value, ByteSink.Mark start) throws Throwable {
        var mark = start;
        int known = shapes.size();
        boolean whole = false;
        huge = false;
        while (true) {
            try {
                depth = 0;
                referring = false;
                if (whole) {
                    java(Replacements.whole(value));
                } else {
                    large(value);
                }
                return;
            } catch (Again again) {
                rollBack(mark, known);
                huge |= again.reason == Again.Reason.HUGE;
                whole |= again.reason == Again.Reason.SHARED;
                if (again.shape != null) {
                    declare(again.shape);
                }
                mark = sink.mark();
                known = shapes.size();
            }
        }
    }

    private void rollBack(ByteSink.Mark mark, int known) {
        sink.truncate(mark);
        if (shapes.size() > known) {
            shapes.values().removeIf(number -> number >= known);
            last = null;
            lastType = null;
        }
    }

    /// Appends a value that cannot fail and is no longer than a line; returns false for others.
    private boolean small(Object value) {
        var type = value.getClass();
        if (type == Integer.class) {
            sink.putRecord(Kind.INT, (int) value);
        } else if (type == String.class) {
            return Texts.putShort(sink, (String) value);
        } else if (type == Double.class) {
            sink.putRecord(Kind.DOUBLE, Double.doubleToRawLongBits((double) value));
        } else if (type == Long.class) {
            sink.putRecord(Kind.LONG, (long) value);
        } else if (value instanceof Record) {
            return false;
        } else {
            return rare(value, type);
        }
        return true;
    }

    private boolean rare(Object value, Class<?> type) {
        if (type == Boolean.class) {
            part((boolean) value);
        } else if (type == Float.class) {
            part((float) value);
        } else if (type == Byte.class) {
            part((byte) value);
        } else if (type == Short.class) {
            part((short) value);
        } else if (type == Character.class) {
            part((char) value);
        } else {
            return false;
        }
        return true;
    }

    private void longText(String text) {
        boolean latin1 = Texts.isLatin1(text);
        head(latin1 ? Kind.LATIN1 : Kind.UTF16, latin1 ? text.length() : 2L * text.length());
        if (latin1) {
            PrimitiveArrays.putLatin1(sink, text);
        } else {
            PrimitiveArrays.putChars(sink, text);
        }
    }

    private void large(Object object) throws Throwable {
        var standIn = StandIn.of(object);
        switch (standIn == null ? object : standIn) {
            case Record record -> record(record);
            case String text -> longText(text);
            case byte[] array -> {
                head(Kind.BYTES, array, array.length);
                sink.putArray(array);
            }
            case int[] array -> {
                head(Kind.INTS, array, 4L * array.length);
                PrimitiveArrays.put(sink, array);
            }
            case long[] array -> {
                head(Kind.LONGS, array, 8L * array.length);
                PrimitiveArrays.put(sink, array);
            }
            case float[] array -> {
                head(Kind.FLOATS, array, 4L * array.length);
                PrimitiveArrays.put(sink, array);
            }
            case double[] array -> {
                head(Kind.DOUBLES, array, 8L * array.length);
                PrimitiveArrays.put(sink, array);
            }
            case List<?> list -> list(list);
            default -> java(object);
        }
    }

    private void list(List<?> list) throws Throwable {
        int form = Lists.formOf(list);
        if (form < 0) {
            java(list);
            return;
        }
        boolean outer = referring;
        if (!list.isEmpty() || form == Lists.CHANGEABLE) { // else it is one object everywhere
            refer(list, false);
            referring = false; // they are noted together
        }
        var mark = begin(Kind.LIST);
        long start = sink.size();
        part((byte) form);
        part(list.size());
        depth++;
        for (int i = 0; i < list.size(); i++) {
            part(list.get(i));
        }
        depth--;
        referring = outer;
        end(mark, start);
    }

    private void head(byte kind, Object array, long length) throws Again {
        if (length > 0) {
            refer(array, false);
        }
        head(kind, length);
    }

    private void head(byte kind, long length) {
        if (length > Kind.LONGEST) {
            sink.putByte(kind | Kind.HUGE);
            sink.putLong(length);
        } else {
            sink.putRecord(kind, (int) length);
        }
    }

    /// Begins a record whose length is yet unknown; returns where it is to be written.
    private ByteSink.Mark begin(byte kind) {
        sink.putByte(huge ? kind | Kind.HUGE : kind);
        var mark = sink.mark();
        sink.reserve(huge ? 8 : 4);
        return mark;
    }

    private void end(ByteSink.Mark mark, long start) throws Again {
        long length = sink.size() - start;
        if (huge) {
            sink.patchLong(mark, length);
        } else if (length <= Kind.LONGEST) {
            sink.patchInt(mark, (int) length);
        } else {
            throw new Again(Again.Reason.HUGE, null);
        }
    }

    /// Notes a part of the record that is being written, if it has others.
    ///
    /// @param opaque whether what it consists of is not seen here
    private void refer(Object part, boolean opaque) throws Again {
        if (referring && references != null && !references.isFirst(part, opaque)) {
            throw new Again(Again.Reason.SHARED, null);
        }
    }

    private void java(Object value) throws IOException, Again {
        if (referring && !References.isPlain(value)) {
            refer(value, true);
        }
        var mark = begin(Kind.JAVA);
        long start = sink.size();
        JavaWriter.write(value, sink);
        end(mark, start);
    }

    private void record(Record value) throws Throwable {
        if (value.getClass() == lastType && last != null) {
            record(value, last, lastNumber);
            return;
        }
        switch (RecordAccess.of(value.getClass())) {
            case RecordAccess.Open(var shape) -> {
                var number = shapes.get(shape);
                if (number == null && depth > 0) {
                    throw new Again(Again.Reason.SHAPE, shape);
                }
                record(value, shape, number == null ? declare(shape) : number);
            }
            case RecordAccess.Java() -> java(value);
            case RecordAccess.Closed(_) ->
                    throw new NotSerializableException(value.getClass().getName());
        }
    }

    private void record(Record value, RecordShape shape, int number) throws Throwable {
        refer(value, false);
        boolean outer = referring;
        if (shape.mayShare && !outer) {
            references = references == null ? new References() : references;
            references.clear();
            referring = true;
        }
        last = shape;
        lastNumber = number;
        lastType = shape.type;
        var mark = begin(Kind.RECORD);
        long start = sink.size();
        sink.putInt(number);
        depth++;
        shape.write(this, value);
        depth--;
        referring = outer;
        end(mark, start);
    }

    /// Writes a shape, and those that will be needed within it.
    private int declare(RecordShape shape) {
        int number = shapes.size();
        if (number == 0) {
            shapes = new HashMap<>();
        }
        shapes.put(shape, number);
        var text = shape.text.getBytes(StandardCharsets.UTF_8);
        head(Kind.SHAPE, text.length);
        sink.putBytes(text, 0, text.length);
        for (var type : shape.inside) {
            if (RecordAccess.of(type) instanceof RecordAccess.Open(var inner)
                    && !shapes.containsKey(inner)) {
                declare(inner);
            }
        }
        return number;
    }

    void part(boolean value) {
        sink.putByte(value ? Kind.TRUE : Kind.FALSE);
    }

    void part(byte value) {
        sink.putByte(Kind.BYTE);
        sink.putByte(value);
    }

    void part(short value) {
        two(Kind.SHORT, value);
    }

    void part(char value) {
        two(Kind.CHAR, value);
    }

    private void two(byte kind, int value) {
        sink.putByte(kind);
        sink.putByte(value);
        sink.putByte(value >> 8);
    }

    void part(int value) {
        sink.putRecord(Kind.INT, value);
    }

    void part(long value) {
        sink.putRecord(Kind.LONG, value);
    }

    void part(float value) {
        sink.putRecord(Kind.FLOAT, Float.floatToRawIntBits(value));
    }

    void part(double value) {
        sink.putRecord(Kind.DOUBLE, Double.doubleToRawLongBits(value));
    }

    void part(@Nullable Object value) throws Throwable {
        if (value == null) {
            sink.putByte(Kind.NULL);
        } else if (!small(value)) {
            large(value);
        }
    }
}
