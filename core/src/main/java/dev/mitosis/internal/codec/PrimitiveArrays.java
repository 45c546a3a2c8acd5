package dev.mitosis.internal.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The bodies of arrays of numbers and of strings: bulk copies, in chunks.
///
/// An array is made only as its bytes arrive, so that an absurd length cannot exhaust the heap.
final class PrimitiveArrays {
    private static final int CHUNK = 1 << 20; // bytes
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    private PrimitiveArrays() {}

    private static ByteBuffer room(ByteSink sink, int bytes) {
        int at = sink.reserve(bytes);
        return ByteBuffer.wrap(sink.buffer(), at, bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static void put(ByteSink sink, int[] array) {
        for (int i = 0, n; i < array.length; i += n) {
            n = Math.min(array.length - i, CHUNK / 4);
            room(sink, n * 4).asIntBuffer().put(array, i, n);
        }
    }

    static void put(ByteSink sink, long[] array) {
        for (int i = 0, n; i < array.length; i += n) {
            n = Math.min(array.length - i, CHUNK / 8);
            room(sink, n * 8).asLongBuffer().put(array, i, n);
        }
    }

    static void put(ByteSink sink, float[] array) {
        for (int i = 0, n; i < array.length; i += n) {
            n = Math.min(array.length - i, CHUNK / 4);
            room(sink, n * 4).asFloatBuffer().put(array, i, n);
        }
    }

    static void put(ByteSink sink, double[] array) {
        for (int i = 0, n; i < array.length; i += n) {
            n = Math.min(array.length - i, CHUNK / 8);
            room(sink, n * 8).asDoubleBuffer().put(array, i, n);
        }
    }

    /// Appends a string, two bytes a char; unpaired surrogates stay as they are.
    static void putChars(ByteSink sink, String text) {
        char[] chars = new char[Math.min(text.length(), CHUNK / 2)];
        for (int i = 0, n; i < text.length(); i += n) {
            n = Math.min(text.length() - i, chars.length);
            text.getChars(i, i + n, chars, 0);
            room(sink, n * 2).asCharBuffer().put(chars, 0, n);
        }
    }

    /// Appends a string of characters up to U+00FF, one byte each.
    @SuppressWarnings("deprecation") // what it is deprecated for, dropping high bytes, is right
    static void putLatin1(ByteSink sink, String text) {
        for (int i = 0, n; i < text.length(); i += n) {
            n = Math.min(text.length() - i, CHUNK);
            int at = sink.reserve(n);
            text.getBytes(i, i + n, sink.buffer(), at);
        }
    }

    static int[] ints(ByteSource source, long bytes) throws IOException {
        int length = count(bytes, 4);
        int[] array = new int[first(source, length, 4)];
        for (int i = 0, n; i < length; i += n) {
            if (i == array.length) {
                array = Arrays.copyOf(array, next(i, length));
            }
            n = Math.min(array.length - i, CHUNK / 4);
            source.view(n * 4).asIntBuffer().get(array, i, n);
        }
        return array;
    }

    static long[] longs(ByteSource source, long bytes) throws IOException {
        int length = count(bytes, 8);
        long[] array = new long[first(source, length, 8)];
        for (int i = 0, n; i < length; i += n) {
            if (i == array.length) {
                array = Arrays.copyOf(array, next(i, length));
            }
            n = Math.min(array.length - i, CHUNK / 8);
            source.view(n * 8).asLongBuffer().get(array, i, n);
        }
        return array;
    }

    static float[] floats(ByteSource source, long bytes) throws IOException {
        int length = count(bytes, 4);
        float[] array = new float[first(source, length, 4)];
        for (int i = 0, n; i < length; i += n) {
            if (i == array.length) {
                array = Arrays.copyOf(array, next(i, length));
            }
            n = Math.min(array.length - i, CHUNK / 4);
            source.view(n * 4).asFloatBuffer().get(array, i, n);
        }
        return array;
    }

    static double[] doubles(ByteSource source, long bytes) throws IOException {
        int length = count(bytes, 8);
        double[] array = new double[first(source, length, 8)];
        for (int i = 0, n; i < length; i += n) {
            if (i == array.length) {
                array = Arrays.copyOf(array, next(i, length));
            }
            n = Math.min(array.length - i, CHUNK / 8);
            source.view(n * 8).asDoubleBuffer().get(array, i, n);
        }
        return array;
    }

    static String chars(ByteSource source, long bytes) throws IOException {
        int length = count(bytes, 2);
        char[] array = new char[first(source, length, 2)];
        for (int i = 0, n; i < length; i += n) {
            if (i == array.length) {
                array = Arrays.copyOf(array, next(i, length));
            }
            n = Math.min(array.length - i, CHUNK / 2);
            source.view(n * 2).asCharBuffer().get(array, i, n);
        }
        return new String(array);
    }

    /// {@return how long an array is whose body has so many bytes}
    ///
    /// @param bytes the length of the body
    /// @param size of an element
    /// @throws IOException if there can be no such array
    static int count(long bytes, int size) throws IOException {
        if (bytes % size != 0 || bytes / size > LONGEST) {
            throw new IOException("corrupt: no array has " + bytes + " bytes");
        }
        return (int) (bytes / size);
    }

    private static int first(ByteSource source, int length, int size) {
        return Math.min(length, Math.max(source.believed(), source.near()) / size);
    }

    private static int next(int done, int length) {
        return (int) Math.min(length, done * 4L);
    }
}
