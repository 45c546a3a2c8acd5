package dev.mitosis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.DeathReport;
import dev.mitosis.ItemException;
import dev.mitosis.TaskFailedException;
import dev.mitosis.TaskTimeoutException;
import dev.mitosis.WorkerDiedException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private static final ItemException.Facts ITEM = new ItemException.Facts(16, "/missing", 1, 4711);

    @Test
    void a_line_is_numbered_from_one() {
        assertEquals("line 17: java.nio.file.NoSuchFileException: /missing  (input: /missing)\n",
                report(false, false, new TaskFailedException(ITEM, new NoSuchFileException("/missing"))));
    }

    @Test
    void a_number_of_a_range_is_named_with_its_index() {
        var item = new ItemException.Facts(17, "17", 1, 4711);
        assertEquals("item 17 (17): java.lang.ArithmeticException: / by zero\n",
                report(true, false, new TaskFailedException(item, new ArithmeticException("/ by zero"))));
    }

    @Test
    void a_line_of_another_type_is_told_in_plain_words() {
        assertEquals("line 17: not a long  (input: /missing)\n",
                report(false, false, new TaskFailedException(ITEM, new UnreadableLineException("not a long"))));
    }

    @Test
    void a_failure_is_one_line_whatever_its_message() {
        var cause = new IllegalStateException("first\n  second\r\nthird\n");
        assertEquals("line 17: java.lang.IllegalStateException: first | second | third  (input: /missing)\n",
                report(false, false, new TaskFailedException(ITEM, cause)));
    }

    @Test
    void a_failure_does_not_command_the_terminal() {
        var item = new ItemException.Facts(0, "\u001b[2Jx\u009b\ty", 1, 4711);
        assertEquals("line 1: not a long  (input: \\x1b[2Jx\\x9b\ty)\n",
                report(false, false, new TaskFailedException(item, new UnreadableLineException("not a long"))));
    }

    @Test
    void what_was_tried_again_says_how_often() {
        var item = new ItemException.Facts(0, "x", 3, 4711);
        assertEquals("line 1: ran longer than 2.0 s  (input: x)  after 3 attempts\n",
                report(false, false, new TaskTimeoutException(item, Duration.ofSeconds(2), "a dump")));
    }

    @Test
    void a_death_says_why() {
        var death = new DeathReport(16, "/missing", 1, 0, 4711, OptionalInt.of(137),
                "was killed by SIGKILL", null, null, List.of("last words"));
        assertEquals("line 17: worker 0 (process 4711) was killed by SIGKILL; "
                        + "its last output was: | last words  (input: /missing)\n",
                report(false, false, new WorkerDiedException(ITEM, death)));
    }

    @Test
    void the_stack_is_printed_on_request() {
        var text = report(false, true, new TaskFailedException(ITEM, new IllegalStateException("x")));
        assertTrue(text.contains("\tat dev.mitosis.cli.FailuresTest"), text);
    }

    private static String report(boolean numbered, boolean stacks, ItemException failure) {
        var bytes = new ByteArrayOutputStream();
        var failures = new Failures(new PrintStream(bytes, true, StandardCharsets.UTF_8), numbered, stacks);
        failures.report(failure);
        assertEquals(1, failures.count());
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
