package dev.mitosis.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Backend;
import dev.mitosis.Pool;
import dev.mitosis.PoolConfig;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.spi.Crew;
import dev.mitosis.spi.CrewListener;
import dev.mitosis.spi.Lease;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Leases that cannot be sent on their way, as when no thread can be made for one.
class NotStartedTest {
    /// A cluster whose first lease fails when it is asked for something.
    ///
    /// @param question the name of the method
    /// @param asked whether that has been
    private record Failing(String question, AtomicBoolean asked) implements Backend {
        @Override
        public Crew open(PoolConfig config, CrewListener listener) {
            var crew = new ClusterBackend(() -> ThreadTransport.of(1), ClusterSettings.DEFAULTS).open(config, listener);
            return like(Crew.class, crew, (method, arguments) -> {
                if (method.getName().equals("lease")) {
                    arguments[1] = failing((Lease) arguments[1]);
                }
            });
        }

        private Lease failing(Lease lease) {
            return like(Lease.class, lease, (method, _) -> {
                if (method.getName().equals(question) && asked.compareAndSet(false, true)) {
                    throw new InternalError("no thread, says a test");
                }
            });
        }
    }

    private interface Before {
        void called(Method method, Object[] arguments);
    }

    private static <T> T like(Class<T> type, T other, Before before) {
        InvocationHandler handler = (_, method, arguments) -> {
            before.called(method, arguments);
            try {
                return method.invoke(other, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Pool open(String question) {
        return Pool.open(c -> c.withWorkers(1).withBackend(new Failing(question, new AtomicBoolean())));
    }

    @Test
    void an_item_fails_whose_lease_cannot_be_started_and_the_next_one_runs() {
        try (var pool = open("index")) {
            var died = assertThrows(WorkerDiedException.class, () -> pool.map(n -> n, List.of(1), 1));
            assertTrue(died.getMessage().contains("was not started, since java.lang.InternalError: no thread"),
                    died.getMessage());

            assertEquals(List.of(2), pool.map(n -> n, List.of(2), 1));
        }
    }

    @Test
    void a_lease_that_fails_before_it_is_taken_is_given_again() {
        try (var pool = open("job")) {
            assertEquals(List.of(1), pool.map(n -> n, List.of(1), 1));
        }
    }
}
