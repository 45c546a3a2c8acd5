package dev.mitosis.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Backend;
import dev.mitosis.CallOptions;
import dev.mitosis.LongRange;
import dev.mitosis.OnError;
import dev.mitosis.Pool;
import dev.mitosis.PoolConfig;
import dev.mitosis.testing.LeakCheck;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Bad values are refused when they are set, by the name of the setting and with the value.
@ExtendWith(LeakCheck.class)
class BadValuesTest {
    static Stream<Arguments> badConfigurations() {
        return Stream.of(
                config("workers", "0", c -> c.withWorkers(0)),
                config("workers", "-1", c -> c.withWorkers(-1)),
                config("heap", "lots", c -> c.withHeap("lots")),
                config("heap", "-5m", c -> c.withHeap("-5m")),
                config("heap", "0m", c -> c.withHeap("0m")),
                config("heap", "''", c -> c.withHeap("")),
                config("maxTasksPerWorker", "0", c -> c.withMaxTasksPerWorker(0)),
                config("maxTasksPerWorker", "-1", c -> c.withMaxTasksPerWorker(-1)),
                config("recycleAbove", "much", c -> c.withRecycleAbove("much")),
                config("memoryLimit", "1.5g", c -> c.withMemoryLimit("1.5g")),
                config("startTimeout", "PT0S", c -> c.withStartTimeout(Duration.ZERO)),
                config("closeTimeout", "PT-1S", c -> c.withCloseTimeout(Duration.ofSeconds(-1))),
                config("firstPort", "0", c -> c.withDebug(0, false)));
    }

    private static Arguments config(String setting, String value, UnaryOperator<PoolConfig> edit) {
        return Arguments.of(setting, value, edit);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("badConfigurations")
    void a_bad_configuration_is_refused_by_name(String setting, String value, UnaryOperator<PoolConfig> edit) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Pool.open(edit));

        assertTrue(refusal.getMessage().contains(setting), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(value), refusal.getMessage());
    }

    static Stream<Arguments> badOptions() {
        return Stream.of(
                option("timeout", "PT0S", o -> o.withTimeout(Duration.ZERO)),
                option("timeout", "PT-1S", o -> o.withTimeout(Duration.ofSeconds(-1))),
                option("grace", "PT-1S", o -> o.withGrace(Duration.ofSeconds(-1))),
                option("retries", "-1", o -> o.withRetries(-1)),
                option("backoff", "PT-1S", o -> o.withBackoff(Duration.ofSeconds(-1))),
                option("backoff factor", "0.5", o -> o.withBackoff(Duration.ZERO, 0.5, Duration.ZERO)),
                option("backoff factor", "NaN", o -> o.withBackoff(Duration.ZERO, Double.NaN, Duration.ZERO)),
                option("chunkSize", "0", o -> o.withChunkSize(0)),
                option("window", "0", o -> o.withWindow(0)),
                option("count", "0", o -> o.withOnError(OnError.haltAfter(0))),
                option("percent", "100.0", o -> o.withOnError(OnError.haltAfterPercent(100))),
                option("percent", "NaN", o -> o.withOnError(OnError.haltAfterPercent(Double.NaN))));
    }

    private static Arguments option(String setting, String value, UnaryOperator<CallOptions> edit) {
        return Arguments.of(setting, value, edit);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("badOptions")
    void a_bad_option_is_refused_by_name(String setting, String value, UnaryOperator<CallOptions> edit) {
        try (var pool = Pool.open(c -> c.withBackend(Backend.inline()))) {
            var refusal = assertThrows(IllegalArgumentException.class, () -> pool.with(edit));

            assertTrue(refusal.getMessage().contains(setting), refusal.getMessage());
            assertTrue(refusal.getMessage().contains(value), refusal.getMessage());
        }
    }

    @Test
    void nothing_is_refused_by_name_too() {
        assertThrows(NullPointerException.class, () -> Pool.open(c -> c.withBackend(null)));
        assertThrows(NullPointerException.class, () -> Pool.open(c -> c.withInitializer(null)));
        try (var pool = Pool.open(c -> c.withBackend(Backend.inline()))) {
            assertThrows(NullPointerException.class, () -> pool.with(o -> o.withName(null)));
            assertThrows(NullPointerException.class, () -> pool.map(null, java.util.List.of(1)));
            assertThrows(NullPointerException.class, () -> pool.map(n -> n, null));
            assertThrows(NullPointerException.class, () -> pool.imap(n -> n, null));
        }
    }

    @Test
    void a_configuration_is_not_changed_by_its_withers() {
        Pool.open(c -> {
            var other = c.withWorkers(7);
            assertEquals(0, c.workers());
            assertEquals(7, other.workers());
            return c.withBackend(Backend.inline());
        }).close();
    }

    @Test
    void a_range_that_ends_before_it_begins_is_refused() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> LongRange.of(5, 4));

        assertTrue(refusal.getMessage().contains("5 to 4"), refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> LongRange.of(Long.MIN_VALUE, Long.MAX_VALUE));
    }
}
