package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.failureOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Backend;
import dev.mitosis.NotReadableException;
import dev.mitosis.NotShippableException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class HostTravelProcessTest extends HostTravelContract {
    @Override
    protected Backend backend() {
        return Backend.processes();
    }

    /// Says what arrives.
    interface Customs {
        String declare(Object value);

        Object collect();

        void fail() throws Smuggled;
    }

    /// An exception that does not travel as it is.
    static final class Smuggled extends Exception {
        private static final long serialVersionUID = 1L;

        final transient Thread thread = Thread.currentThread();
        final Object goods = new Object();

        Smuggled(String message) {
            super(message);
        }
    }

    private static final class House implements Customs {
        private final List<Object> declared = new CopyOnWriteArrayList<>();

        @Override
        public String declare(Object value) {
            declared.add(value);
            return "declared " + value;
        }

        @Override
        public Object collect() {
            return List.of("box", new Object());
        }

        @Override
        public void fail() throws Smuggled {
            throw new Smuggled("caught");
        }
    }

    @Test
    void an_argument_that_cannot_travel_is_refused_where_it_is_given() {
        var customs = pool().host(Customs.class, new House());
        assertEquals("class java.lang.Object", pool().apply(() -> {
            try {
                return customs.declare(new Object());
            } catch (NotShippableException e) {
                return e.getMessage().contains("java.lang.Object") ? "class java.lang.Object" : e.getMessage();
            }
        }));
        assertEquals("declared 1", pool().apply(() -> customs.declare(1)), "all is as before");
    }

    @Test
    void a_result_that_cannot_travel_is_what_the_caller_is_told() {
        var customs = pool().host(Customs.class, new House());
        var refusal = assertInstanceOf(NotShippableException.class,
                failureOf(() -> pool().apply(() -> customs.collect())).getCause());
        assertTrue(refusal.getMessage().contains("java.lang.Object"), refusal::getMessage);
    }

    @Test
    void an_exception_that_cannot_travel_is_stood_in_for() {
        var customs = pool().host(Customs.class, new House());
        var failure = failureOf(() -> pool().apply(() -> customs.fail())).getCause();
        var undeclared = assertInstanceOf(UndeclaredThrowableException.class, failure);
        assertTrue(undeclared.getCause().toString().contains("caught"), failure::toString);
    }

    /// Needs no serialization of its own.
    record Crate(String content) {}

    @Test
    void classes_of_arguments_are_checked_as_those_of_results_are() {
        try (var strict = open(c -> c.withWorkers(1).withTrustedPackages("com.example"))) {
            var customs = strict.host(Customs.class, new House());
            assertEquals("declared 1", strict.apply(() -> customs.declare(1)));
            var refusal = assertInstanceOf(NotReadableException.class,
                    failureOf(() -> strict.apply(() -> customs.declare(new Crate("tea")))).getCause());
            assertTrue(refusal.getMessage().contains("Crate"), refusal::getMessage);
        }
        try (var trusting = open(c -> c.withWorkers(1).withTrustedPackages("dev.mitosis.contract"))) {
            var customs = trusting.host(Customs.class, new House());
            assertEquals("declared Crate[content=tea]",
                    trusting.apply(() -> customs.declare(new Crate("tea"))));
        }
    }

    @Test
    void a_finalizer_can_still_call_what_another_pool_hosts() {
        var house = new House();
        var customs = pool().host(Customs.class, house);
        try (var other = open(c -> c.withWorkers(1).withFinalizer(() -> customs.declare("last")))) {
            assertEquals(1, other.apply(() -> 1));
        }
        assertEquals(List.of("last"), house.declared);
    }
}
