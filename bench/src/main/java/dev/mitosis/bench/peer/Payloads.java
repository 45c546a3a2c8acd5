package dev.mitosis.bench.peer;

import dev.mitosis.Pool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// Records and byte arrays: what a byte costs.
final class Payloads {
    private Payloads() {}

    static Workload records(Pool pool) {
        var rows = Inputs.rows();
        return () -> {
            var clock = Clock.start();
            // A copy reads every result before the clock stops.
            var back = new ArrayList<>(pool.map(row -> row, rows, Inputs.RECORDS_CHUNK));
            double rate = clock.rate(Inputs.RECORDS);
            Check.same(rows, back);
            return Figures.of("items_per_s", rate);
        };
    }

    static Workload payload(Pool pool) {
        var blobs = Inputs.payloads();
        return () -> {
            var clock = Clock.start();
            var lengths = new ArrayList<>(pool.map(blob -> blob.length, blobs, 1));
            double rate = clock.rate(Inputs.PAYLOADS);
            Check.same(Collections.nCopies(Inputs.PAYLOADS, Inputs.MIB), lengths);
            return Figures.of("mib_per_s", rate);
        };
    }

    static Workload echo(Pool pool) {
        var blob = Inputs.randomBytes(Inputs.ECHO_MIB * Inputs.MIB);
        return () -> {
            var back = new ArrayList<byte[]>();
            var clock = Clock.start();
            for (int i = 0; i < Inputs.ECHOES; i++) {
                back.add(pool.apply(bytes -> bytes, blob));
            }
            double rate = clock.rate(2 * Inputs.ECHOES * Inputs.ECHO_MIB);
            checkEchoes(blob, back);
            return Figures.of("mib_per_s", rate);
        };
    }

    private static void checkEchoes(byte[] blob, List<byte[]> back) {
        for (byte[] bytes : back) {
            Check.same(true, Arrays.equals(blob, bytes));
        }
    }
}
