package dev.mitosis.bench.peer;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The sizes and inputs of the workloads, the same on every peer in every language.
final class Inputs {
    static final int FIRST = 5;
    static final int ROUNDTRIP = 2_000;
    static final int ROUNDTRIP_IDLE = 200;
    static final int IDLE_MS = 10;
    static final int EACH = 20_000;
    static final int BULK = 1_000_000;
    static final int STREAM = 200_000;
    static final int STREAM_CHUNK = 100;
    static final int RECORDS = 100_000;
    static final int RECORDS_CHUNK = 500;
    static final int PAYLOADS = 200;
    static final int ECHOES = 3;
    static final int ECHO_MIB = 64;
    static final int MIB = 1 << 20;
    static final int CPU_TASKS = 50;
    static final int CPU_SIZE = 600_000; // some 60 ms of Java

    private Inputs() {}

    static List<Integer> integers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    static long sumOfSquares(long count) {
        return (count - 1) * count * (2 * count - 1) / 6;
    }

    static List<Row> rows() {
        return IntStream.range(0, RECORDS)
                .mapToObj(i -> new Row("row-" + i, i, i * .5, i * .25, 1))
                .toList();
    }

    static byte[] randomBytes(int size) {
        var bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    static List<byte[]> payloads() {
        return Collections.nCopies(PAYLOADS, randomBytes(MIB));
    }

    static List<Integer> primeTasks() {
        return Collections.nCopies(CPU_TASKS, CPU_SIZE);
    }

    static List<Integer> naps() {
        return Stream.concat(
                        Collections.nCopies(4, 200).stream(), Collections.nCopies(200, 2).stream())
                .toList();
    }

    /// A small record; it need not be serializable.
    record Row(String name, int number, double half, double quarter, double one) {}
}
