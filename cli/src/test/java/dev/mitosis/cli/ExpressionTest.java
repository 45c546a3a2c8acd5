package dev.mitosis.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpressionTest {

    @Test
    void a_lambda_becomes_a_function_from_item_to_line() throws Exception {
        assertEquals("49", apply(Reading.LONG, "n -> n * n", 7L));
        assertEquals("HELLO", apply(Reading.STRING, "(s) -> { return s.toUpperCase(); }", "hello"));
        assertEquals("0.5", apply(Reading.DOUBLE, "x -> x / 2", "1"));
        assertEquals("9.5", apply(Reading.JSON, "o -> o.get(\"price\").asDouble()", "{\"price\": 9.5}"));
    }

    @Test
    void a_method_reference_will_do() throws Exception {
        assertEquals("5", apply(Reading.STRING, "String::length", "hello"));
        assertEquals("ff", apply(Reading.LONG, "Long::toHexString", 255L));
    }

    @Test
    void checked_exceptions_may_be_thrown() throws Exception {
        var function = compile(Reading.STRING, "p -> Files.size(Path.of(p))");
        assertThrows(NoSuchFileException.class, () -> function.apply("/no/such/file"));
    }

    @Test
    void a_comment_at_the_end_swallows_nothing() throws Exception {
        assertEquals("2", apply(Reading.LONG, "n -> n + 1 // next", 1L));
    }

    @Test
    void the_usual_names_are_there() throws Exception {
        compile(Reading.STRING, """
                s -> List.of(Path.of(s), Files.size(Path.of(s)), Duration.ZERO, BigInteger.ONE,
                    MessageDigest.getInstance(s), Signature.getInstance(s), HexFormat.of(),
                    Stream.of(s).collect(Collectors.joining()), Pattern.compile(s), new CRC32(),
                    StandardCharsets.UTF_8, Instant.now(), ChronoUnit.DAYS, Proxy.NO_PROXY,
                    DateTimeFormatter.ISO_DATE, new Timer(), new Date(), Locale.ROOT,
                    TimeUnit.DAYS, (Function<String, String>) String::strip, URI.create(s),
                    new DecimalFormat(), FileTime.fromMillis(0), new ByteArrayInputStream(null))
                """);
    }

    @Test
    void other_names_can_be_imported() throws Exception {
        var imports = List.of("static java.lang.Math.*", "java.lang.ref.Cleaner");
        var expression = new Expression(
                "x -> sqrt(x) + (Cleaner.class == null ? 1 : 0)",
                Reading.DOUBLE, Rendering.TEXT, imports, List.of());
        assertEquals("3.0", expression.compile().apply("9"));
    }

    @Test
    void classes_of_the_users_own_are_found(@TempDir Path folder) throws Exception {
        var source = folder.resolve("Parser.java");
        Files.writeString(source, """
                package com.acme;
                public class Parser { public static String parse(String s) { return '<' + s + '>'; } }
                """);
        assertEquals(0, ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", folder.toString(), source.toString()));
        var expression = new Expression(
                "com.acme.Parser::parse", Reading.STRING, Rendering.TEXT, List.of(), List.of(folder));
        assertEquals("<a>", expression.compile().apply("a"));
    }

    @Test
    void its_class_hands_out_its_bytes_so_that_workers_can_have_it() throws Exception {
        var function = compile(Reading.LONG, "n -> n * n");
        var loader = function.getClass().getClassLoader();
        try (var bytes = loader.getResourceAsStream("mitosis/expression/Expression.class")) {
            assertNotNull(bytes);
            assertArrayEquals(new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE}, bytes.readNBytes(4));
        }
        new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(function);
    }

    @Test
    void a_stack_names_the_line_of_the_expression() throws Exception {
        var function = compile(Reading.LONG, "n -> {\n  return 1 / (n - n);\n}");
        var frame = assertThrows(ArithmeticException.class, () -> function.apply(1L)).getStackTrace()[0];
        assertEquals("Expression.java:2", frame.getFileName() + ":" + frame.getLineNumber());
    }

    @Test
    void an_unknown_name_is_pointed_at() {
        assertEquals("""
                  n -> n * m
                           ^
                column 10: cannot find symbol: variable m""", complaint("n -> n * m"));
    }

    @Test
    void an_unknown_method_says_of_what() {
        assertEquals("""
                  n -> n.foo()
                        ^
                column 7: cannot find symbol: method foo()""", complaint("n -> n.foo()"));
    }

    @Test
    void a_syntax_error_is_told_once() {
        assertEquals("""
                  n -> 1; foo
                        ^
                column 7: ')' expected""", complaint("n -> 1; foo"));
    }

    @Test
    void a_missing_parenthesis_is_pointed_at_after_the_end() {
        assertEquals("""
                  n -> (n * 2
                             ^
                column 12: ')' expected""", complaint("n -> (n * 2"));
    }

    @Test
    void an_error_in_a_later_line_names_line_and_column() {
        assertEquals("""
                  \treturn n + s;
                  \t           ^
                line 2, column 13: cannot find symbol: variable s""", complaint("n -> {\n\treturn n + s;\n}"));
    }

    @Test
    void what_is_no_function_says_what_one_looks_like() {
        assertEquals("""
                  42
                  ^
                column 1: not a function: write a lambda such as 'n -> n * n', or a method reference such as \
                Long::toHexString (incompatible types: int cannot be converted to \
                dev.mitosis.RemoteFunction<Long,Object>)""", complaint("42"));
    }

    @Test
    void an_expression_without_a_result_is_refused() {
        assertEquals("""
                  n -> System.out.println(n)
                                         ^
                column 24: incompatible types: bad return type in lambda expression: \
                void cannot be converted to Object""", complaint("n -> System.out.println(n)"));
    }

    @Test
    void an_import_of_nothing_is_told_without_a_place() {
        var expression = new Expression(
                "n -> n", Reading.LONG, Rendering.TEXT, List.of("com.acme.Nothing"), List.of());
        assertEquals("package com.acme does not exist",
                assertThrows(CompileException.class, expression::compile).getMessage());
    }

    private static String complaint(String text) {
        return assertThrows(CompileException.class, () -> compile(Reading.LONG, text)).getMessage();
    }

    private static String apply(Reading reading, String text, Object item) throws Exception {
        return compile(reading, text).apply(item);
    }

    private static dev.mitosis.RemoteFunction<Object, String> compile(Reading reading, String text)
            throws CompileException, IOException {
        return new Expression(text, reading, Rendering.TEXT, List.of(), List.of()).compile();
    }
}
