package dev.mitosis.internal.codec;

/// The kinds of records that carry values and outcomes; the layout of bytes, in one place.
///
/// ```text
/// fixed     | kind | body, as long as bodySize says |
/// variable  | kind | length, int | body             |
/// huge      | kind + HUGE | length, long | body     |    for bodies of 2 GiB and more
/// ```
/// All numbers are little-endian. A stream of records is read from its beginning, since a `SHAPE`
/// record describes the class of `RECORD`s that follow it in the same stream. A `SHAPE` is never
/// inside another record, so that values can be passed over by their length alone. Where streams
/// are joined, an empty `SHAPE` is between them.
///
/// ```text
/// RECORD    | number of its shape, int | the records of its components |
/// LIST      | form, a BYTE | how many, an INT | the records of its elements |
/// SHAPE     | UTF-8: class name, then for each component "\n" name " " type descriptor |
/// FAILED    | length of the stand-in, int | stand-in | the real exception, perhaps empty |
/// PRINTED   | place of the item, long | bytes cut off before the text, long | text, UTF-8 |
/// EMITTED   | place of the item, long | the record of a value |
/// COLUMN    | kind | how many, int | that many bodies of this kind |    no length before it
/// ```
/// Both parts of `FAILED` are serialized by Java, like the body of `JAVA` without a stream header.
public final class Kind {
    /// A null.
    public static final byte NULL = 0;

    /// The `boolean` false, boxed.
    public static final byte FALSE = 1;

    /// The `boolean` true, boxed.
    public static final byte TRUE = 2;

    /// A boxed `byte`.
    public static final byte BYTE = 3;

    /// A boxed `short`.
    public static final byte SHORT = 4;

    /// A boxed `char`.
    public static final byte CHAR = 5;

    /// A boxed `int`.
    public static final byte INT = 6;

    /// A boxed `long`.
    public static final byte LONG = 7;

    /// A boxed `float`.
    public static final byte FLOAT = 8;

    /// A boxed `double`.
    public static final byte DOUBLE = 9;

    /// An outcome: the item was cancelled before it started or while it ran.
    public static final byte CANCELLED = 10;

    /// Not an outcome: the worker is through with a lease; the body is its run time, nanoseconds.
    public static final byte LEASE_END = 11;

    /// Not an outcome, nor among them: what the item has printed whose outcome comes next.
    public static final byte PRINTED = 12;

    /// Not an outcome: the body is the place of the item that the failure after it is about.
    public static final byte AT = 13;

    /// Not an outcome, nor among them: what the item has emitted whose outcome comes next.
    public static final byte EMITTED = 14;

    /// A string of characters up to U+00FF, one byte each.
    public static final byte LATIN1 = 16;

    /// Any other string, two bytes a char.
    public static final byte UTF16 = 17;

    /// A `byte[]`.
    public static final byte BYTES = 18;

    /// An `int[]`.
    public static final byte INTS = 19;

    /// A `long[]`.
    public static final byte LONGS = 20;

    /// A `float[]`.
    public static final byte FLOATS = 21;

    /// A `double[]`.
    public static final byte DOUBLES = 22;

    /// A record: the number of its shape, an int, and then the records of its components.
    public static final byte RECORD = 23;

    /// Not a value: the class name of a record and its components, numbered from 0 in the stream.
    /// One without a body begins another stream, whose shapes are numbered from 0 again.
    public static final byte SHAPE = 24;

    /// Any other object, or a record that refers to one thing twice, serialized by Java.
    public static final byte JAVA = 25;

    /// A list of plain values or records of such: its form, how many, then the elements.
    public static final byte LIST = 26;

    /// Only among the items of a lease: several items of one fixed kind.
    public static final byte COLUMN = 27;

    /// An outcome: what the function threw, or why a value could not travel.
    public static final byte FAILED = 32;

    /// Added to a variable kind whose length is a long.
    public static final byte HUGE = 64;

    /// The longest body whose length is written as an int.
    public static final long LONGEST = Integer.MAX_VALUE;

    /// The longest text of a [#PRINTED].
    public static final int MOST_PRINTED = 64_000;

    /// The longest value of an [#EMITTED].
    public static final int MOST_EMITTED = 64_000;

    private static final byte UNKNOWN = -2;
    private static final byte[] SIZES = sizes();

    private Kind() {}

    /// {@return how long the body of a fixed kind is, or -1 for a variable kind}
    ///
    /// @param kind the kind
    /// @throws IllegalArgumentException if there is no such kind
    public static int bodySize(byte kind) {
        int size = kind < 0 ? UNKNOWN : SIZES[kind];
        if (size == UNKNOWN) {
            throw new IllegalArgumentException("no such kind of record: " + kind);
        }
        return size;
    }

    /// {@return whether there is such a kind}
    ///
    /// @param kind the kind
    public static boolean isKnown(byte kind) {
        return kind >= 0 && SIZES[kind] != UNKNOWN;
    }

    private static byte[] sizes() {
        byte[] sizes = new byte[Byte.MAX_VALUE + 1];
        for (int kind = 0; kind < sizes.length; kind++) {
            sizes[kind] = size((byte) kind);
        }
        return sizes;
    }

    private static byte size(byte kind) {
        return switch (kind) {
            case NULL, FALSE, TRUE, CANCELLED -> 0;
            case BYTE -> 1;
            case SHORT, CHAR -> 2;
            case INT, FLOAT -> 4;
            case LONG, DOUBLE, LEASE_END, AT -> 8;
            case PRINTED, EMITTED -> -1;
            default -> {
                int plain = kind & ~HUGE;
                yield plain >= LATIN1 && plain <= LIST || plain == FAILED ? -1 : UNKNOWN;
            }
        };
    }

    /// {@return whether a record of this kind is not among outcomes, but between them}
    ///
    /// @param kind the kind
    public static boolean isBetween(byte kind) {
        return kind == LEASE_END || kind == PRINTED || kind == EMITTED;
    }

    /// {@return whether a record of this kind ends an item}
    ///
    /// @param kind the kind
    public static boolean isOutcome(byte kind) {
        return (kind < LEASE_END || kind > EMITTED) && (kind & ~HUGE) != SHAPE;
    }
}
