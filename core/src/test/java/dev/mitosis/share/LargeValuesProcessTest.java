package dev.mitosis.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.RemoteRunnable;
import dev.mitosis.TaskFailedException;
import dev.mitosis.internal.hosting.Hosting;
import dev.mitosis.testing.LeakCheck;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Values of a shared map that are too large to travel.
@Tag("process")
@ExtendWith(LeakCheck.class)
class LargeValuesProcessTest {
    private static final int TOO_LARGE = 130 << 20;

    private final Pool pool = Pool.open(c -> c.withWorkers(1).withHeap("900m"));

    @AfterEach
    void closePool() {
        pool.close();
    }

    private void assertRefused(Map<String, byte[]> map, RemoteRunnable call) {
        long pid = pool.apply(() -> ProcessHandle.current().pid());
        var failure = assertThrows(TaskFailedException.class, () -> pool.apply(() -> {
            call.run();
            return 0;
        }));
        var cause = assertInstanceOf(IllegalArgumentException.class, failure.getCause());
        assertTrue(cause.getMessage().matches(".*have 1363[0-9]{5} bytes, and " + Hosting.MOST_BYTES
                + " are the most that travel in a call of a hosted object; share what is larger"), cause.getMessage());
        assertEquals(List.of(pid, 1L), pool.apply(() -> {
            map.put("small", new byte[] {1});
            return List.of(ProcessHandle.current().pid(), (long) map.get("small")[0]);
        }));
    }

    @Test
    void a_value_that_is_too_large_to_be_put_is_refused() {
        var map = Hosted.<String, byte[]>map(pool);
        assertRefused(map, () -> map.put("large", new byte[TOO_LARGE]));
        assertEquals(1, map.size());
    }

    @Test
    void one_that_is_too_large_to_be_got_is_refused_there() {
        var map = Hosted.<String, byte[]>map(pool);
        map.put("large", new byte[TOO_LARGE]);
        assertRefused(map, () -> map.get("large"));
        assertEquals(TOO_LARGE, map.get("large").length);
    }
}
