package dev.mitosis.internal.codec;

import java.nio.charset.StandardCharsets;

/// Strings as records.
final class Texts {
    private static final int SHORT = 48; // up to here a look at each char is cheapest

    private Texts() {}

    /// Appends a string if it is short.
    ///
    /// @param sink where to
    /// @param text the string
    /// @return whether it is
    static boolean putShort(ByteSink sink, String text) {
        int length = text.length();
        if (length > SHORT) {
            return false;
        }
        int at = sink.reserve(5 + length);
        var buffer = sink.buffer();
        int seen = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            seen |= c;
            buffer[at + 5 + i] = (byte) c;
        }
        if (seen <= 0xff) {
            sink.setRecord(at, Kind.LATIN1, length);
        } else {
            sink.giveBack(5 + length);
            sink.putRecord(Kind.UTF16, 2 * length);
            PrimitiveArrays.putChars(sink, text);
        }
        return true;
    }

    /// Strings know whether they are Latin-1 but do not tell; a comparison finds out fast.
    static boolean isLatin1(String text) {
        var latin1 = StandardCharsets.ISO_8859_1;
        return text.equals(new String(text.getBytes(latin1), latin1));
    }
}
