package dev.mitosis.internal.codec;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.mitosis.NotReadableException;
import dev.mitosis.spi.Bytes;
import dev.mitosis.testing.Fuzz;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
    @Timeout(value = 1, unit = TimeUnit.DAYS) // the fuzzer looks for hangs by itself
    void f30_values_of_any_bytes_are_refused_or_read() throws Exception {
        var large = new ByteSink(16);
        var writer = new ValueWriter(large);
        writer.write("x".repeat(70_000));
        writer.write(new Point("e", 9, 10, new long[9_000]));

        Fuzz.run("codec", List.of(original(true), original(false), Trip.array(large.toBytes()), huge()),
                CodecFuzzTest::feed);
    }

    /// A string and an array whose lengths are written as for bodies of 2 GiB.
    private static byte[] huge() throws IOException {
        var sink = new ByteSink(16);
        for (byte kind : new byte[] {Kind.LATIN1, Kind.INTS}) {
            sink.putByte((byte) (kind | Kind.HUGE));
            sink.putLong(8);
            sink.putLong(0x4142_4344_4546_4748L);
        }
        return Trip.array(sink.toBytes());
    }

    static String feed(byte[] bytes, Random random) {
        var source = ByteSource.of(Bytes.of(bytes));
        var filter = random.nextInt(4) == 0 ? null : ResultFilter.of(List.of());
        var reader = new ValueReader(source, Trip.LOADER, filter);
        var result = new StringBuilder();
        try {
            for (int values = 0; source.hasMore(); values++) {
                var one = feedOne(reader, random);
                if (values < 3 || one.length() > 4) {
                    result.setLength(Math.min(result.length(), 500));
                    result.append(one);
                }
            }
        } catch (IOException e) {
            result.append(Fuzz.trace(e));
        }
        return result.toString();
    }

    private static String feedOne(ValueReader reader, Random random) throws IOException {
        try {
            byte kind = reader.nextKind();
            switch (random.nextInt(8)) {
                case 0 -> reader.skip();
                case 1 -> reader.readSummary();
                case 2 -> reader.readNumber();
                case 3 -> reader.readFailure();
                default -> {
                    if (kind == Kind.FAILED) {
                        reader.readFailure();
                    } else if (kind == Kind.AT) {
                        reader.readAt();
                    } else {
                        reader.read();
                    }
                }
            }
            return " " + kind;
        } catch (NotReadableException e) {
            return " " + Fuzz.trace(e) + (e.getCause() == null ? "" : Fuzz.trace(e.getCause()));
        }
    }

    @Test
    void f30_arrays_within_arrays_claim_no_more_together_than_their_bytes_carry() throws IOException {
        var claims = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(claims)) {
            out.writeShort(0x7572); // an array of a class
            out.writeUTF("[Ljava.lang.Object;");
            out.writeLong(0x90CE589F1073296CL);
            out.write(new byte[] {2, 0, 0, 0x78, 0x70}); // no fields, no annotation, no superclass
            out.writeInt(100_000);
            for (int depth = 0; depth < 2_000; depth++) { // its first element is such an array, and so on
                out.writeShort(0x7571);
                out.writeInt(0x7E0000);
                out.writeInt(100_000);
            }
        }
        var sink = new ByteSink(16);
        sink.putByte(Kind.JAVA);
        sink.putInt(claims.size());
        sink.putArray(claims.toByteArray());

        var failure = assertThrows(NotReadableException.class, () -> Trip.reader(sink.toBytes()).read());

        assertTrue(failure.getMessage().contains("it claims an array of 100000 elements"), failure.getMessage());
    }

    private record Link(int number, Link next) {}

    @Test
    void a_list_of_records_of_any_length_can_be_shown() throws IOException {
        Link list = null;
        for (int i = 0; i < 100_000; i++) {
            list = new Link(i, list);
        }

        var text = Trip.reader(Trip.write(list)).readSummary();

        assertTrue(text.contains("Link[99999, "), text);
        assertTrue(text.contains("Link[...]"), text);
    }

    @Test
    void f30_truncated_bytes_are_refused() throws IOException {
        var bytes = original(true);
        for (int length = 0; length < bytes.length; length++) {
            readAll(Arrays.copyOf(bytes, length), new Random(length));
        }
    }

    @Test
    void f30_mutated_bytes_are_refused_or_read() throws IOException {
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
    void f30_noise_is_refused() {
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
