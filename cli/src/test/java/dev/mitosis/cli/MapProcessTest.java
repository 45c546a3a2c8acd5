package dev.mitosis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class MapProcessTest {

    @AfterEach
    void no_process_is_left() {
        var left = ProcessHandle.current().descendants().filter(ProcessHandle::isAlive).toList();
        left.forEach(ProcessHandle::destroyForcibly);
        assertEquals(List.of(), left);
    }

    @Test
    void squares_of_a_range_come_in_order() throws Exception {
        var run = CommandRun.of("", "map", "n -> n * n", "--range", "0:1000", "--workers", "2");
        assertEquals("", run.err());
        assertEquals(LongStream.range(0, 1000).mapToObj(n -> Long.toString(n * n)).toList(), run.lines());
        assertEquals(0, run.status());
    }

    @Test
    void unordered_results_are_the_same_ones() throws Exception {
        var run = CommandRun.of("", "map", "n -> -n", "--range=-5:1000", "--unordered", "--workers", "2",
                "--chunk-size", "7");
        assertEquals("", run.err());
        assertEquals(LongStream.range(-5, 1000).map(n -> -n).sorted().boxed().toList(),
                run.lines().stream().map(Long::valueOf).sorted().toList());
    }

    @Test
    void an_empty_range_and_no_lines_are_all_well() throws Exception {
        assertEquals(new CommandRun(0, "", ""), CommandRun.of("", "map", "n -> n", "--range", "5:5"));
        assertEquals(new CommandRun(0, "", ""), CommandRun.of("", "map", "s -> s"));
    }

    @Test
    void failed_lines_are_reported_by_number_and_nothing_else_is_lost() throws Exception {
        var run = CommandRun.of("1\ntwo\n3\n\n5", "map", "--type", "long", "n -> 10 / (n - 3)", "--workers", "1");
        assertEquals(List.of("-5", "5"), run.lines());
        assertEquals("""
                line 2: not a long  (input: two)
                line 3: java.lang.ArithmeticException: / by zero  (input: 3)
                line 4: not a long  (input: )
                """, run.err());
        assertEquals(1, run.status());
    }

    @Test
    void failed_numbers_are_reported_with_their_index() throws Exception {
        var run = CommandRun.of("", "map", "n -> 10 / (n - 7)", "--range", "5:9", "--workers", "1");
        assertEquals(List.of("-5", "-10", "10"), run.lines());
        assertEquals("item 2 (7): java.lang.ArithmeticException: / by zero\n", run.err());
        assertEquals(1, run.status());
    }

    @Test
    void unordered_failures_have_their_own_numbers() throws Exception {
        var run = CommandRun.of("a\nb\nc\nd\n", "map", "-u", "s -> s.equals(\"c\") ? s.charAt(9) : s");
        assertEquals(List.of("a", "b", "d"), run.lines().stream().sorted().toList());
        assertTrue(run.err().startsWith("line 3: java.lang.StringIndexOutOfBoundsException: "), run.err());
        assertEquals(1, run.status());
    }

    @Test
    void a_line_that_is_not_utf_8_fails_alone() throws Exception {
        var input = new byte[] {'a', '\n', (byte) 0xFF, 'x', '\n', 'b', '\n'};
        var run = CommandRun.of(input, "map", "s -> s", "--workers", "1");
        assertEquals(List.of("a", "b"), run.lines());
        assertTrue(run.err().startsWith("line 2: not UTF-8 from byte 1 on"), run.err());
        assertEquals(1, run.status());
    }

    @Test
    void text_beyond_ascii_survives() throws Exception {
        var run = CommandRun.of("häß€😀\n", "map", "s -> s + s.length()");
        assertEquals("häß€😀6\n", run.out());
    }

    @Test
    void files_are_digested_as_sha256sum_does(@TempDir Path folder) throws Exception {
        var paths = folder.resolve("paths");
        var expected = new StringBuilder();
        var names = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            var file = Files.writeString(folder.resolve("file " + i), "content " + i);
            names.append(file).append('\n');
            expected.append(sha256(file)).append("  ").append(file).append('\n');
        }
        var link = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));
        names.insert(0, folder + "\n" + link + "\n").append(folder.resolve("missing")).append('\n');
        Files.writeString(paths, names);

        var run = CommandRun.of("", "map", "--input", paths.toString(),
                "p -> HexFormat.of().formatHex(MessageDigest.getInstance(\"SHA-256\")"
                        + ".digest(Files.readAllBytes(Path.of(p)))) + \"  \" + p");

        assertEquals(expected.toString(), run.out());
        assertEquals(List.of("line 1:", "line 2:", "line 303:"),
                run.err().lines().map(line -> line.replaceAll("^(line \\d+:).*", "$1")).toList());
        assertTrue(run.err().contains("line 303: java.nio.file.NoSuchFileException: " + folder.resolve("missing")
                + "  (input: " + folder.resolve("missing") + ")"), run.err());
        assertEquals(1, run.status());
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    @Test
    void json_lines_are_read_and_written() throws Exception {
        var run = CommandRun.of("{\"a\": [1, 2]}\n[]\nnope\n", "map", "-t", "json", "j -> j.path(\"a\").path(0)");
        assertEquals(List.of("1", ""), run.lines());
        assertTrue(run.err().startsWith("line 3: not JSON: Unrecognized token 'nope'"), run.err());
        assertEquals(1, run.status());
    }

    @Test
    void records_are_printed_as_json_on_request() throws Exception {
        var run = CommandRun.of("", "map", "--range", "1:3", "-o", "json", "n -> List.of(n, \"x\")");
        assertEquals(List.of("[1,\"x\"]", "[2,\"x\"]"), run.lines());
    }

    @Test
    void results_need_not_be_serializable() throws Exception {
        var run = CommandRun.of("a.b\n", "map", "s -> new Object() { public String toString() { return s; } }");
        assertEquals(new CommandRun(0, "a.b\n", ""), run);
    }

    @Test
    void workers_have_the_classes_of_the_users_own(@TempDir Path folder) throws Exception {
        var source = Files.writeString(folder.resolve("Parser.java"), """
                package com.acme;
                public class Parser {
                    public static class BadName extends Exception { BadName(String text) { super(text); } }
                    public static int parse(String text) throws BadName {
                        if (text.isEmpty()) throw new BadName("empty");
                        return text.length();
                    }
                }
                """);
        ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), source.toString());
        var run = CommandRun.of("abc\n\n", "map", "--fn", "com.acme.Parser::parse", "-cp", folder.toString());
        assertEquals(new CommandRun(1, "3\n", "line 2: com.acme.Parser$BadName: empty  (input: )\n"), run);
    }

    @Test
    void lines_may_end_with_zero() throws Exception {
        assertEquals(new CommandRun(0, "3\n1\n", ""), CommandRun.of("a\nb\0c\0", "map", "-0", "s -> s.length()"));
    }

    @Test
    void a_full_disk_is_not_a_reader_that_has_had_enough() throws Exception {
        var command = new ProcessBuilder(CommandRun.command("map", "n -> n", "--range", "0:3"));
        var process = command.redirectOutput(new File("/dev/full")).start();
        assertEquals(new CommandRun(2, "", "mitosis: cannot write results: No space left on device\n"),
                CommandRun.end(process));
    }

    @Test
    void what_workers_print_goes_to_standard_error() throws Exception {
        var run = CommandRun.of("x\n", "map", "s -> { System.out.println(\"hello\"); return s; }", "-w", "1");
        assertEquals("x\n", run.out());
        assertEquals("[worker 0] hello\n", run.err());
        assertEquals(0, run.status());
    }

    @Test
    void an_expression_that_does_not_compile_ends_it_at_once() throws Exception {
        var run = CommandRun.of("x\n", "map", "n -> n * m", "--range", "0:3");
        assertEquals(new CommandRun(2, "", """
                mitosis: the expression does not compile:
                  n -> n * m
                           ^
                column 10: cannot find symbol: variable m
                """), run);
    }

    @Test
    void a_refused_option_is_told_plainly() throws Exception {
        var run = CommandRun.of("", "map", "n -> n", "--range", "0:3", "--heap", "much");
        assertTrue(run.err().startsWith("mitosis: heap must be"), run.err());
        assertEquals(2, run.status());
        var zero = CommandRun.of("", "map", "n -> n", "--range", "0:3", "--workers", "0");
        assertEquals("mitosis: workers must be at least 1, got 0\n", zero.err());
        assertEquals(2, zero.status());
    }

    @Test
    void an_item_that_runs_too_long_fails_alone() throws Exception {
        var run = CommandRun.of("", "map", "--range", "0:4", "--workers", "1", "--timeout", "5s",
                "n -> { if (n == 1) new CountDownLatch(1).await(); return n; }");
        assertEquals(List.of("0", "2", "3"), run.lines());
        assertEquals("item 1 (1): ran longer than 5.0 s\n", run.err());
        assertEquals(1, run.status());
    }

    @Test
    void an_item_that_kills_its_worker_fails_alone() throws Exception {
        var run = CommandRun.of("", "map", "--range", "0:4", "--workers", "1",
                "n -> { if (n == 1) Runtime.getRuntime().halt(3); return n; }");
        assertEquals(List.of("0", "2", "3"), run.lines());
        assertTrue(run.err().startsWith("item 1 (1): worker "), run.err());
        assertEquals(1, run.status());
    }

    @Test
    void a_failed_item_is_tried_again_on_request() throws Exception {
        var run = CommandRun.of("", "map", "--range", "0:2", "--retries", "2",
                "n -> { if (dev.mitosis.WorkerContext.current().attempt() < 3) throw new IllegalStateException();"
                        + " return n; }");
        assertEquals(new CommandRun(0, "0\n1\n", ""), run);
    }

    @Test
    void fail_fast_ends_at_the_lowest_failure() throws Exception {
        var run = CommandRun.of("", "map", "--range", "0:100000000000", "--fail-fast", "n -> 1 / (n - 5)");
        assertEquals(List.of("0", "0", "0", "0", "-1"), run.lines());
        assertEquals("item 5 (5): java.lang.ArithmeticException: / by zero\n", run.err());
        assertEquals(1, run.status());
    }

    @Test
    void a_reader_that_has_had_enough_ends_it_quietly() throws Exception {
        var process = CommandRun.start("map", "n -> n * n", "--range", "0:100000000000");
        var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (int n = 0; n < 5; n++) {
            assertEquals(Long.toString((long) n * n), reader.readLine());
        }
        reader.close();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "still running");
        assertEquals("", new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, process.exitValue());
        Leftovers.none(process);
    }

    @Test
    void a_result_is_seen_as_soon_as_it_is_there() throws Exception {
        var process = CommandRun.start("map", "s -> s + s");
        try (var in = process.outputWriter(); var out = process.inputReader()) {
            for (var word : List.of("a", "b", "c")) {
                in.write(word + "\n");
                in.flush();
                assertEquals(word + word, out.readLine());
            }
        }
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "still running");
        assertEquals(0, process.exitValue());
        Leftovers.none(process);
    }

    @Test
    void an_interrupt_ends_it_quietly_with_all_its_workers() throws Exception {
        assumeFalse(ignoresInterrupts(), "in a background job SIGINT is ignored, here and in what is started");
        var process = CommandRun.start("map", "n -> n", "--range", "0:100000000000");
        var reader = process.inputReader();
        assertEquals("0", reader.readLine());
        var workers = process.descendants().toList();
        assertFalse(workers.isEmpty());

        var kill = Stream.concat(Stream.of(process.toHandle()), workers.stream()).map(p -> Long.toString(p.pid()));
        new ProcessBuilder(Stream.concat(Stream.of("kill", "-INT"), kill).toList()).start().waitFor();
        var drained = CompletableFuture.supplyAsync(() -> reader.lines().count());

        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            var stacks = CommandRun.stacks(process);
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            fail("still running:\n" + stacks);
        }
        drained.join();
        assertEquals("", new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(130, process.exitValue());
        Leftovers.none(process);
        assertEquals(List.of(), workers.stream().filter(ProcessHandle::isAlive).toList());
    }

    private static boolean ignoresInterrupts() throws Exception {
        for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("SigIgn:")) {
                return (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0;
            }
        }
        return false;
    }
}
