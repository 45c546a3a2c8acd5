package dev.mitosis.internal.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Backend;
import dev.mitosis.NotShippableException;
import dev.mitosis.Pool;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Logged;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Functions that carry much are noticed and named.
@ExtendWith(LeakCheck.class)
class LargeFunctionsTest {
    private static final List<Integer> ITEMS = List.of(1, 2);

    @Test
    void a_large_captured_variable_is_named_once() {
        long[] numbers = new long[1 << 18];
        String small = "small";
        try (var pool = Pool.open(c -> c.withBackend(Backend.inline())); var logged = Logged.here()) {
            for (int i = 0; i < 2; i++) {
                pool.map(n -> numbers.length + small.length() + n, ITEMS);
            }
            var warnings = logged.messages(Level.WARNING);
            assertEquals(1, warnings.size(), warnings::toString);
            var text = warnings.getFirst();
            assertTrue(text.matches("the lambda in .*LargeFunctionsTest\\.a_large_captured_variable_is_named_once"
                    + "\\(LargeFunctionsTest\\.java:\\d+\\) has 2,097,\\d+ bytes, 2,097,\\d+ bytes of it in captured"
                    + " variable 'numbers', which travels with each call to each worker; pool\\.share\\(value\\) sends"
                    + " a value once to each worker, and an array in shared memory is not sent at all"), text);
        }
    }

    @Test
    void the_lambda_is_named_that_a_verb_has_wrapped() {
        byte[] bytes = new byte[2 << 20];
        try (var pool = Pool.open(c -> c.withBackend(Backend.inline())); var logged = Logged.here()) {
            pool.mapReduce(n -> n + bytes.length, Integer::sum, 0, ITEMS);
            pool.apply(() -> bytes.length);
            var warnings = logged.messages(Level.WARNING);
            assertEquals(2, warnings.size(), warnings::toString);
            assertTrue(warnings.stream().allMatch(text -> text.contains("captured variable 'bytes'")),
                    warnings::toString);
        }
    }

    @Test
    void a_function_above_the_limit_is_refused_before_anything_starts() {
        byte[] bytes = new byte[5_000];
        try (var pool = Pool.open(c -> c.withBackend(Backend.inline()))) {
            var strict = pool.with(o -> o.withFunctionLimit(4_096));
            var refused = assertThrows(NotShippableException.class, () -> strict.map(n -> n + bytes.length, ITEMS));
            assertTrue(refused.getMessage().contains("captured variable 'bytes', and at most 4,096 bytes may travel;"
                    + " pool.share(value)"), refused::getMessage);
            assertEquals(List.of(1, 2), strict.map(n -> n, ITEMS));
        }
    }

    @Test
    void a_limit_of_nothing_is_refused() {
        try (var pool = Pool.open(c -> c.withBackend(Backend.inline()))) {
            var refused = assertThrows(IllegalArgumentException.class,
                    () -> pool.with(o -> o.withFunctionLimit(0)));
            assertEquals("functionLimit must be at least 1, got 0", refused.getMessage());
        }
    }
}
