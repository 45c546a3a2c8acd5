package dev.mitosis.internal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.NotReadableException;
import dev.mitosis.RemoteFunction;
import java.io.ObjectInputFilter;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FilterTest {
    private record Point(int x) {}

    private record Ser(int x) implements Serializable {}

    private static final ObjectInputFilter STANDARD = ResultFilter.of(List.of());

    private static Object read(Object value, ObjectInputFilter filter) throws Exception {
        var reader = new ValueReader(ByteSource.of(Trip.write(value, "next")), Trip.LOADER, filter);
        try {
            return reader.read();
        } finally {
            assertEquals("next", reader.read());
        }
    }

    private static void refused(String why, Object value, ObjectInputFilter filter) {
        var e = assertThrows(NotReadableException.class, () -> read(value, filter));
        assertTrue(e.getMessage().endsWith(why), e.getMessage());
    }

    @Test
    void data_of_the_application_and_of_the_jdk_passes() throws Exception {
        for (var value : new Object[] {
            new Point(1), List.of(new Point(1), new Ser(2)), new Ser(1), Optional.of(1), Path.of("x"), Map.of(1, 2),
            new TreeSet<>(Comparator.<Integer>reverseOrder()),
            new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo")), Arrays.asList(1, 2).subList(0, 1),
            String.class, java.util.concurrent.TimeUnit.DAYS
        }) {
            assertEquals(value, read(value, STANDARD));
        }
    }

    @Test
    void f6_lambdas_proxies_and_machinery_are_refused() {
        var refused = " was refused by the pool's result filter";
        RemoteFunction<Integer, Integer> lambda = n -> n;
        refused("class java.lang.invoke.SerializedLambda" + refused, lambda, STANDARD);
        var proxy = Proxy.newProxyInstance(Trip.LOADER, new Class<?>[] {Comparable.class},
                (java.lang.reflect.InvocationHandler & Serializable) (_, _, _) -> 0);
        refused(refused, proxy, STANDARD);
        refused("class java.rmi.RemoteException" + refused, List.of(new java.rmi.RemoteException()), STANDARD);
        refused(refused, new javax.management.Attribute("a", 1), STANDARD);
    }

    @Test
    void f6_trusted_packages_are_all_that_passes_besides_the_jdk() throws Exception {
        var trusted = ResultFilter.of(List.of("com.acme"));
        assertEquals(List.of(1), read(List.of(1), trusted));
        assertEquals(Optional.of(Path.of("x")), read(Optional.of(Path.of("x")), trusted));
        var refused = Point.class.getName() + " was refused by the pool's result filter";
        refused("class " + refused, new Point(1), trusted);
        refused("class " + refused, List.of(new Point(1)), trusted);
        refused("filter", new Ser(1), trusted);
        assertEquals(new Point(1), read(new Point(1), ResultFilter.of(List.of("dev.mitosis"))));
        refused("filter", new Point(1), ResultFilter.of(List.of("dev.mit")));
    }

    @Test
    void a_filter_of_the_user_need_not_know_this_project() throws Exception {
        var filter = ObjectInputFilter.Config.createFilter("java.base/*;" + Point.class.getName() + ";!*");
        assertEquals(List.of(Optional.of(new Point(1))), read(List.of(Optional.of(new Point(1))), filter));
        refused("filter", new Ser(1), filter);
    }
}
