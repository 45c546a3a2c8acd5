package dev.mitosis.internal.codec;

import java.io.ObjectStreamConstants;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What can be said of a serialized value without reading it back.
final class Summary {
    /// How many bytes of a value are looked at.
    static final int HEAD = 512;

    private Summary() {}

    static String of(byte kind, byte[] head, long length) {
        return switch (kind) {
            case Kind.BYTES -> "a byte[] of length " + length;
            case Kind.INTS -> "an int[] of length " + length / 4;
            case Kind.LONGS -> "a long[] of length " + length / 8;
            case Kind.FLOATS -> "a float[] of length " + length / 4;
            case Kind.DOUBLES -> "a double[] of length " + length / 8;
            default -> "an object" + className(head);
        };
    }

    /// The class of the outermost object is the first thing in a stream of Java serialization.
    private static String className(byte[] head) {
        var stream = ByteBuffer.wrap(head);
        if (head.length < 4 || stream.get() != ObjectStreamConstants.TC_OBJECT
                || stream.get() != ObjectStreamConstants.TC_CLASSDESC) {
            return "";
        }
        int length = Short.toUnsignedInt(stream.getShort());
        return length > stream.remaining() ? ""
                : " of class " + new String(head, 4, length, StandardCharsets.UTF_8);
    }
}
