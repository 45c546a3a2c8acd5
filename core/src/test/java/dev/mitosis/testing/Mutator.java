package dev.mitosis.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Changes inputs a little, as a fuzzer does.
final class Mutator {
    private static final int LONGEST = 400_000;

    private static final long[] INTERESTING = {
        0, 1, -1, 7, 8, 9, 16, 63, 64, 65, 127, 128, 255, 256, 0x7fff, 0x8000, 0xffff, 64 << 10, (64 << 10) + 1,
        128 << 10, 256 << 10, 2 << 20, 16 << 20, 64 << 20, (64 << 20) + 1, 128 << 20, Integer.MAX_VALUE - 8,
        Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 31, 1L << 32, Long.MAX_VALUE / 4, Long.MAX_VALUE, Long.MIN_VALUE
    };

    private final Random random;

    Mutator(Random random) {
        this.random = random;
    }

    byte[] change(List<byte[]> corpus) {
        byte[] input = pick(corpus).clone();
        for (int i = 1 << random.nextInt(4); i > 0; i--) {
            input = once(input, corpus);
        }
        return input.length > LONGEST ? Arrays.copyOf(input, LONGEST) : input;
    }

    private byte[] pick(List<byte[]> corpus) {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private byte[] once(byte[] input, List<byte[]> corpus) {
        if (input.length == 0) {
            return noise();
        }
        int at = random.nextInt(input.length);
        return switch (random.nextInt(12)) {
            case 0 -> flip(input, at);
            case 1, 2 -> set(input, at, (byte) random.nextInt());
            case 3 -> set(input, at, (byte) random.nextInt(72)); // a kind
            case 4, 5 -> number(input, at, Integer.BYTES);
            case 6 -> number(input, at, Long.BYTES);
            case 7 -> Arrays.copyOf(input, at);
            case 8 -> spliced(input, at, Arrays.copyOfRange(input, end(input, at), input.length));
            case 9 -> spliced(input, at, Arrays.copyOfRange(input, start(at), input.length)); // some of it twice
            case 10 -> spliced(input, at, spliced(noise(), 16, Arrays.copyOfRange(input, at, input.length)));
            default -> {
                var other = pick(corpus);
                yield spliced(input, at, Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length));
            }
        };
    }

    private byte[] flip(byte[] input, int at) {
        input[at] ^= (byte) (1 << random.nextInt(8));
        return input;
    }

    private static byte[] set(byte[] input, int at, byte value) {
        input[at] = value;
        return input;
    }

    /// Puts a number on, or a little off, a bound in the place of some bytes.
    private byte[] number(byte[] input, int at, int bytes) {
        long value = random.nextBoolean()
                ? INTERESTING[random.nextInt(INTERESTING.length)]
                : random.nextInt(2 * input.length);
        var order = random.nextInt(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        var number = ByteBuffer.allocate(bytes).order(order);
        byte[] written = (bytes == Integer.BYTES ? number.putInt((int) value) : number.putLong(value)).array();
        System.arraycopy(written, 0, input, at, Math.min(bytes, input.length - at));
        return input;
    }

    private byte[] noise() {
        var noise = new byte[random.nextInt(16)];
        random.nextBytes(noise);
        return noise;
    }

    private int end(byte[] input, int at) {
        return at + 1 + random.nextInt(Math.min(64, input.length - at));
    }

    private int start(int at) {
        return Math.max(0, at - random.nextInt(256));
    }

    private static byte[] spliced(byte[] head, int length, byte[] tail) {
        int kept = Math.min(length, head.length);
        byte[] whole = Arrays.copyOf(head, kept + tail.length);
        System.arraycopy(tail, 0, whole, kept, tail.length);
        return whole;
    }
}
