package dev.mitosis.bench.peer;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.CRC32;

/// A second set of inputs: what the first five figures measure, on values of other kinds.
///
/// It shows whether something was made for the first set alone. The same in every language.
final class SecondSet {
    static final int SMALL = 4 << 10; // bytes of a small payload
    static final int SMALLS = 20_000;
    static final double SMALL_MIB = (double) SMALLS * SMALL / Inputs.MIB;

    private static final int CHECKED = 1_000_003;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz".repeat(3);

    private SecondSet() {}

    static Batch<?, ?> batch(String workload) {
        return switch (workload) {
            case "each_strings" -> Batch.of(strings(), 1, text -> text.toUpperCase(Locale.ROOT));
            case "bulk_doubles" -> Batch.of(list(1_000_000, i -> i * .5), 0, x -> Math.sqrt(x));
            case "stream_longs" -> Batch.of(longs(), 2_000, n -> n % CHECKED).lazily();
            case "records_nested" -> Batch.of(orders(), 200, Order::doubled);
            case "payload_small" ->
                    Batch.of(payloads(), 1, SecondSet::checksum).countedInMib(SMALL_MIB);
            default -> throw new IllegalArgumentException("no workload " + workload);
        };
    }

    private static <T> List<T> list(int count, IntFunction<T> item) {
        return IntStream.range(0, count).mapToObj(item).toList();
    }

    /// Strings of 10 to 60 characters.
    private static List<String> strings() {
        return list(20_000, i -> (i + LETTERS).substring(0, 10 + i % 51));
    }

    private static List<Long> longs() {
        return LongStream.range(0, 1_000_000).mapToObj(i -> i << 20).toList();
    }

    private static List<Order> orders() {
        return list(20_000, i -> new Order("customer-" + i % 997, list(1 + i % 5, Line::new)));
    }

    /// Arrays of bytes, each of its own, so that they do not stay in a core's cache.
    static List<byte[]> payloads() {
        var random = new Random(1);
        return list(SMALLS, _ -> {
            var bytes = new byte[SMALL];
            random.nextBytes(bytes);
            return bytes;
        });
    }

    private static long checksum(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    /// A record that holds records; none need be serializable.
    record Order(String customer, List<Line> lines) {
        Order doubled() {
            return new Order(customer, lines.stream().map(Line::doubled).toList());
        }
    }

    /// One of the records within.
    record Line(String article, int count, double price) {
        Line(int number) {
            this("article-" + number, number, number * .25);
        }

        Line doubled() {
            return new Line(article, 2 * count, price);
        }
    }
}
