package dev.mitosis.internal.codec;

import static org.junit.jupiter.api.Assertions.fail;

import dev.mitosis.NotReadableException;
import dev.mitosis.spi.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/// Whatever the bytes are: nothing but the two announced exceptions, and no memory for mere claims.
class CodecFuzzTest {
    private record Point(String name, int x, double y, Object other) {}

    private static byte[] original(boolean failure) throws IOException {
        var sink = new ByteSink(16);
        var writer = new ValueWriter(sink);
        for (var value : new Object[] {
            1, "text", new Point("a", 1, 2, new Point("\u20ac", 3, 4, List.of(new Point("c", 5, 6, null)))),
            new int[100], new double[5], "x".repeat(100), new byte[50], true, 'c', 5L, null,
            new HashMap<>(Map.of("k", Optional.of(1))), new ArrayList<>(List.of(1, 2)),
            new LinkedHashSet<>(List.of("a")), new PriorityQueue<>(List.of(3)),
            BitSet.valueOf(new long[] {1}), new ConcurrentHashMap<>(Map.of(1, "b")),
            new Object[] {new int[] {1}, "s"}, new Point("d", 7, 8, new long[3])
        }) {
            writer.write(value);
        }
        if (failure) {
            writer.writeFailure(new IllegalStateException("f", new Exception("g")));
        }
        return Trip.array(sink.toBytes());
    }

    private static void readAll(byte[] bytes, Random random) {
        var source = ByteSource.of(Bytes.of(bytes));
        var reader = new ValueReader(source, Trip.LOADER, random.nextBoolean() ? ResultFilter.of(List.of()) : null);
        try {
            while (source.hasMore()) {
                readOne(reader, random);
            }
        } catch (IOException e) {
            return; // corrupt, and said so
        }
    }

    private static void readOne(ValueReader reader, Random random) throws IOException {
        try {
            if (random.nextInt(10) == 0) {
                reader.skip();
            } else if (reader.nextKind() == Kind.FAILED) {
                reader.readFailure();
            } else {
                reader.read();
            }
        } catch (NotReadableException e) {
            if (e.getMessage() == null) {
                fail(e);
            }
        }
    }

    @Test
    void truncated_bytes_are_refused() throws IOException {
        var bytes = original(true);
        for (int length = 0; length < bytes.length; length++) {
            readAll(Arrays.copyOf(bytes, length), new Random(length));
        }
    }

    @Test
    void mutated_bytes_are_refused_or_read() throws IOException {
        for (int seed = 0; seed < 3_000; seed++) {
            var random = new Random(seed);
            var bytes = original(seed % 3 == 0);
            for (int i = random.nextInt(4); i >= 0; i--) {
                int at = random.nextInt(bytes.length);
                switch (random.nextInt(4)) {
                    case 0 -> bytes[at] = (byte) random.nextInt();
                    case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                    case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) (random.nextInt(2) * 0x7f));
                    default -> System.arraycopy(bytes, random.nextInt(bytes.length - 8), bytes,
                            Math.min(at, bytes.length - 8), 8);
                }
            }
            read(seed, bytes, random);
        }
    }

    private static void read(int seed, byte[] bytes, Random random) {
        try {
            readAll(bytes, random);
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @Test
    void noise_is_refused() {
        for (int seed = 0; seed < 10_000; seed++) {
            var random = new Random(seed);
            var bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) random.nextInt(40);
            }
            read(seed, bytes, random);
        }
    }
}
