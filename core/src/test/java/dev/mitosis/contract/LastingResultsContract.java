package dev.mitosis.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.LongRange;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Results that the caller keeps, while other calls move bytes through the arrays of the pool.
abstract class LastingResultsContract extends PoolContract {
    private static final int ARRAYS = 20;

    private static byte[] filled(int length, byte value) {
        byte[] array = new byte[length];
        Arrays.fill(array, value);
        return array;
    }

    /// Moves texts through the pool, in batches of almost that many bytes.
    private void move(int bytes) {
        var text = "x".repeat(1_000);
        int chunk = bytes / 1_100;
        var texts = Collections.nCopies(20 * chunk, text);
        assertEquals(texts, pool().with(o -> o.withChunkSize(chunk)).map(it -> it, texts));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 64, 128, 256, 512, 1024})
    void an_array_stays_as_it_came(int kib) {
        int length = kib << 10;
        List<byte[]> arrays = pool().map(n -> filled(length, (byte) (long) n), LongRange.of(0, ARRAYS));
        move(length);

        for (int i = 0; i < ARRAYS; i++) {
            assertEquals(-1, Arrays.mismatch(filled(length, (byte) i), arrays.get(i)), "array " + i);
        }
    }
}
