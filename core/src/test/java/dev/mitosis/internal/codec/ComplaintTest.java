package dev.mitosis.internal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.NotShippableException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages are the user interface of failure.
class ComplaintTest {
    private static final String MAIN = """
            package com.acme;
            import dev.mitosis.*;
            public class Main {
                static class Logger { int level; }
                record Service(Logger handler) implements java.io.Serializable {}
                private int count;
                private String name;
                public static Object direct() {
                    Logger logger = new Logger();
                    long before = 1;
                    RemoteFunction<Integer, String> f = n -> before + n + logger.toString();
                    return f;
                }
                public static Object deep() {
                    var service = new Service(new Logger());
                    RemoteFunction<Integer, String> f =
                            n -> n + service.toString();
                    return f;
                }
                int parse(int n) { return n; }
                public Object method() {
                    RemoteFunction<Integer, Integer> f = n -> parse(n);
                    return f;
                }
                public Object field() {
                    RemoteFunction<Integer, Integer> f = n -> count + n;
                    return f;
                }
                public static Object reference() {
                    RemoteFunction<Integer, Integer> f = new Main()::parse;
                    return f;
                }
                public static Object plain() {
                    java.util.function.Function<Integer, Integer> g = n -> n;
                    RemoteFunction<Integer, Integer> f = n -> g.apply(n);
                    return f;
                }
                public static Object adapted() {
                    var logger = new Logger();
                    RemoteBiFunction<Integer, Integer, String> f = (a, b) -> "" + logger;
                    return f;
                }
            }
            """;

    private static ClassLoader withNames;
    private static ClassLoader withoutNames;

    @BeforeAll
    static void compile(@TempDir Path folder) throws IOException {
        withNames = Compiled.classes(folder.resolve("g"), Map.of("com/acme/Main.java", MAIN), "-g");
        withoutNames = Compiled.classes(folder.resolve("n"), Map.of("com/acme/Main.java", MAIN), "-g:none");
    }

    private static String ofFunction(String method) throws Exception {
        return ofFunction(method, withNames);
    }

    private static String ofFunction(String method, ClassLoader loader) throws Exception {
        var type = loader.loadClass("com.acme.Main");
        var function = type.getMethod(method).invoke(type.getConstructor().newInstance());
        return assertThrows(NotShippableException.class, () -> Functions.encode(function)).getMessage();
    }

    private static String of(Object value) {
        return assertThrows(NotShippableException.class, () -> Trip.write(value)).getMessage();
    }

    @Test
    void f4_a_captured_variable_is_named_with_the_place_of_its_lambda() throws Exception {
        assertEquals("captured variable 'logger' of the lambda in com.acme.Main.direct(Main.java:11) cannot travel: "
                + "com.acme.Main$Logger at capturedArgs[1] is not serializable. "
                + "Cure: let com.acme.Main$Logger implement java.io.Serializable, or make it a record",
                ofFunction("direct"));
        assertEquals("captured variable 'service' of the lambda in com.acme.Main.deep(Main.java:17) cannot travel: "
                + "com.acme.Main$Logger at capturedArgs[0].handler is not serializable. "
                + "Cure: let com.acme.Main$Logger implement java.io.Serializable, or make it a record",
                ofFunction("deep"));
    }

    @Test
    void without_debug_information_the_variable_has_a_number_and_a_type() throws Exception {
        assertEquals("captured variable 2 (a com.acme.Main$Logger) of the lambda in com.acme.Main.direct cannot travel"
                + ": com.acme.Main$Logger at capturedArgs[1] is not serializable. "
                + "Cure: let com.acme.Main$Logger implement java.io.Serializable, or make it a record",
                ofFunction("direct", withoutNames));
    }

    @Test
    void f4_a_lambda_that_captures_its_class_is_told_to_make_the_method_static() throws Exception {
        assertEquals("the captured 'this' of the lambda in com.acme.Main.method(Main.java:22) cannot travel: "
                + "com.acme.Main at capturedArgs[0] is not serializable and has fields (count, name), so that a worker "
                + "cannot make its own. Cure: make parse static", ofFunction("method"));
        assertEquals("the captured 'this' of the lambda in com.acme.Main.field(Main.java:26) cannot travel: "
                + "com.acme.Main at capturedArgs[0] is not serializable and has fields (count, name), so that a worker "
                + "cannot make its own. Cure: copy the field count to a local variable before the lambda",
                ofFunction("field"));
    }

    @Test
    void a_method_reference_names_its_receiver() throws Exception {
        assertEquals("the receiver of the method reference com.acme.Main::parse in com.acme.Main cannot travel: "
                + "com.acme.Main at capturedArgs[0] is not serializable. "
                + "Cure: let com.acme.Main implement java.io.Serializable, or make it a record",
                ofFunction("reference"));
    }

    @Test
    void a_plain_lambda_is_told_which_type_to_take() throws Exception {
        assertEquals("captured variable 'g' of the lambda in com.acme.Main.plain(Main.java:35) cannot travel: "
                + "a lambda of com.acme.Main at capturedArgs[0] is not serializable. Cure: declare it as one of "
                + "dev.mitosis's Remote... types, or cast it to its interface and java.io.Serializable",
                ofFunction("plain"));
    }

    @Test
    void what_the_project_put_around_a_function_is_left_out() throws Exception {
        var inner = withNames.loadClass("com.acme.Main").getMethod("adapted").invoke(null);
        var constructor = Class.forName("dev.mitosis.Spread$Two").getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        var function = constructor.newInstance(inner);
        var e = assertThrows(NotShippableException.class, () -> Functions.encode(function));
        assertEquals("captured variable 'logger' of the lambda in com.acme.Main.adapted(Main.java:40) cannot travel: "
                + "com.acme.Main$Logger at capturedArgs[0] is not serializable. "
                + "Cure: let com.acme.Main$Logger implement java.io.Serializable, or make it a record",
                e.getMessage());
    }

    private static class Plain {}

    private static class Holder implements Serializable {
        Object held;

        Holder(Object held) {
            this.held = held;
        }
    }

    private record Pair(Object a, Object b) {}

    @Test
    void f3_a_value_names_the_path_of_fields() {
        var plain = Plain.class.getName();
        assertEquals("a value of type " + plain + " cannot travel: it is not serializable. Cure: let " + plain
                + " implement java.io.Serializable, or make it a record", of(new Plain()));
        assertEquals("a value of type " + Pair.class.getName() + " cannot travel: " + plain
                + " at b['key'][1].held is not serializable. Cure: let " + plain + " implement java.io.Serializable, "
                + "or make it a record, or mark the field transient",
                of(new Pair(1, Map.of("key", List.of(1, new Holder(new Plain()))))));
        assertEquals("a value of type java.lang.Object[] cannot travel: " + plain + " at [1].cause.held is not "
                + "serializable. Cure: let " + plain + " implement java.io.Serializable, or make it a record, "
                + "or mark the field transient",
                of(new Object[] {1, new Exception(new OddException(new Plain()))}));
    }

    private static class OddException extends Exception {
        final Object held;

        OddException(Object held) {
            this.held = held;
        }
    }

    @Test
    void machinery_is_told_to_be_made_in_the_worker() {
        assertEquals("a value of type java.lang.Thread cannot travel: it is not serializable. "
                + "Cure: make it in the worker, in the function or in the pool's initializer", of(new Thread()));
        var stream = Stream.of(1);
        assertEquals("a value of type " + stream.getClass().getName() + " cannot travel: it is not serializable. "
                + "Cure: collect the stream to a list first", of(stream));
        assertEquals("a value of type java.util.ArrayList cannot travel: java.lang.Object at [0] is not serializable. "
                + "Cure: send the data that is in it, or make it in the worker",
                of(new ArrayList<>(List.of(new Object()))));
    }

    private static class Thrower implements Serializable {
        private void writeObject(ObjectOutputStream out) {
            throw new IllegalStateException("closed");
        }
    }

    @Test
    void f3_what_the_users_own_code_throws_is_the_cause() {
        var e = assertThrows(NotShippableException.class, () -> Trip.write(new Thrower()));
        assertEquals("a value of type " + Thrower.class.getName() + " cannot travel: "
                + "java.lang.IllegalStateException: closed was thrown while it was serialized", e.getMessage());
        assertInstanceOf(IllegalStateException.class, e.getCause());
    }
}
