package dev.mitosis.internal.codec;

import java.io.ObjectStreamConstants;
import java.lang.invoke.SerializedLambda;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What can be said of a serialized value without reading it back.
final class Summary {
    /// How many bytes of a value are looked at.
    static final int HEAD = 512;

    private static final String IMMUTABLE = "java.util.CollSer";
    private static final String PROXY = "$SerializationProxy"; // as EnumSet and many others name it

    /// Those that travel in place of others, which alone the user knows.
    private static final Map<String, String> STAND_INS = Map.ofEntries(
            Map.entry(SerializedLambda.class.getName(), "a lambda"),
            Map.entry(CollectionCopy.class.getName(), "a collection"),
            Map.entry(MapCopy.class.getName(), "a Map"),
            Map.entry(EntryCopy.class.getName(), "a Map.Entry"),
            Map.entry(Replacements.Maybe.class.getName(), "an Optional"),
            Map.entry(Replacements.MaybeInt.class.getName(), "an OptionalInt"),
            Map.entry(Replacements.MaybeLong.class.getName(), "an OptionalLong"),
            Map.entry(Replacements.MaybeDouble.class.getName(), "an OptionalDouble"),
            Map.entry(Replacements.PathText.class.getName(), "a Path"),
            Map.entry(Replacements.Buffer.class.getName(), "a ByteBuffer"),
            Map.entry(Replacements.RecordCopy.class.getName(), "a record"),
            Map.entry(Replacements.OwnInstance.class.getName(), "an object"),
            Map.entry("java.time.Ser", "an object of java.time"));

    private Summary() {}

    static String of(byte kind, byte[] head, long length) {
        return switch (kind) {
            case Kind.BYTES -> "a byte[] of length " + length;
            case Kind.INTS -> "an int[] of length " + length / 4;
            case Kind.LONGS -> "a long[] of length " + length / 8;
            case Kind.FLOATS -> "a float[] of length " + length / 4;
            case Kind.DOUBLES -> "a double[] of length " + length / 8;
            case Kind.LIST -> Lists.summary(ByteBuffer.wrap(head));
            default -> object(ByteBuffer.wrap(head));
        };
    }

    private static String object(ByteBuffer stream) {
        var name = className(stream);
        if (name == null) {
            return "an object";
        }
        if (name.equals(IMMUTABLE)) {
            return immutable(stream);
        }
        var real = name.endsWith(PROXY) ? name.substring(0, name.length() - PROXY.length()) : name;
        return STAND_INS.getOrDefault(real, "an object of class " + real);
    }

    /// The class of the outermost object is the first thing in a stream of Java serialization.
    private static @Nullable String className(ByteBuffer stream) {
        if (stream.remaining() < 4 || stream.get() != ObjectStreamConstants.TC_OBJECT
                || stream.get() != ObjectStreamConstants.TC_CLASSDESC) {
            return null;
        }
        int length = Short.toUnsignedInt(stream.getShort());
        if (length > stream.remaining()) {
            return null;
        }
        byte[] name = new byte[length];
        stream.get(name);
        return new String(name, StandardCharsets.UTF_8);
    }

    /// What `List.of`, `Set.of` and `Map.of` make travels as an object of one class, whose form is
    /// specified.
    ///
    /// ```text
    /// | serial version, flags and one field, 19 | kind, int | 0x77, 0x04 | elements, int |
    /// ```
    private static String immutable(ByteBuffer stream) {
        int at = stream.position() + 19;
        if (stream.limit() < at + 10) {
            return "a collection";
        }
        int count = stream.getInt(at + 6);
        return switch (stream.getInt(at) & 0xff) {
            case 1, 4 -> "a List of " + count(count, "element", "elements");
            case 2 -> "a Set of " + count(count, "element", "elements");
            case 3 -> "a Map of " + count(count / 2, "entry", "entries");
            default -> "a collection";
        };
    }

    private static String count(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
