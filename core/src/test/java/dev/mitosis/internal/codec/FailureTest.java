package dev.mitosis.internal.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.NotReadableException;
import dev.mitosis.NotShippableException;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureTest {
    @Test
    void f1_an_exception_travels_with_frames_causes_and_suppressed_ones() throws IOException {
        var failure = new SQLException("broken", "state", 5, new IllegalStateException("why"));
        failure.addSuppressed(new IOException("also"));
        var copy = assertInstanceOf(SQLException.class, Trip.failure(failure));
        assertEquals("broken", copy.getMessage());
        assertEquals(5, copy.getErrorCode());
        assertArrayEquals(failure.getStackTrace(), copy.getStackTrace());
        assertEquals("java.lang.IllegalStateException: why", copy.getCause().toString());
        assertEquals("java.io.IOException: also", copy.getSuppressed()[0].toString());
    }

    @Test
    void f1_errors_travel() throws IOException {
        assertInstanceOf(StackOverflowError.class, Trip.failure(overflow()));
        assertInstanceOf(AssertionError.class, Trip.failure(new AssertionError("x", new NoClassDefFoundError("y"))));
    }

    private static Throwable overflow() {
        try {
            recurse(0);
            throw new AssertionError("no stack is endless");
        } catch (StackOverflowError e) {
            return e;
        }
    }

    private static int recurse(int depth) {
        return 1 + recurse(depth + 1);
    }

    private static class OddException extends RuntimeException {
        final Object load = new Object();

        OddException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    @Test
    void f2_an_exception_that_is_not_serializable_has_a_faithful_stand_in() throws IOException {
        var odd = new OddException("message", new IOException("cause"));
        odd.addSuppressed(new OddException("inner", null));
        var copy = assertInstanceOf(RemoteFailure.class, Trip.failure(odd));
        assertEquals(OddException.class.getName() + ": message", copy.toString());
        assertEquals(OddException.class.getName(), copy.className());
        assertEquals("message", copy.getMessage());
        assertArrayEquals(odd.getStackTrace(), copy.getStackTrace());
        assertEquals("java.io.IOException: cause", copy.getCause().toString());
        assertArrayEquals(odd.getCause().getStackTrace(), copy.getCause().getStackTrace());
        assertEquals(OddException.class.getName() + ": inner", copy.getSuppressed()[0].toString());
    }

    @Test
    void f2_an_exception_too_large_to_travel_has_a_stand_in_that_says_so() throws IOException {
        var large = new IllegalStateException("x".repeat(5_000), new IOException("cause"));
        var body = Failures.encode(large, 4_000);
        var copy = assertInstanceOf(RemoteFailure.class,
                Failures.decode(body, FailureTest.class.getClassLoader(), null));
        assertEquals(large.toString(), copy.toString());
        assertArrayEquals(large.getStackTrace(), copy.getStackTrace());
        assertEquals("java.io.IOException: cause", copy.getCause().toString());
        var why = assertInstanceOf(NotShippableException.class, copy.getSuppressed()[0]).getMessage();
        assertTrue(why.matches("the exception itself has \\d+ bytes when it is serialized, more than the 4000"
                + " that may travel; this stands in for it"), why);
    }

    @Test
    void f2_an_exception_just_small_enough_travels_itself() throws IOException {
        var small = new IllegalStateException("x".repeat(5_000));
        var copy = Failures.decode(Failures.encode(small, 100_000), FailureTest.class.getClassLoader(), null);
        assertInstanceOf(IllegalStateException.class, copy);
    }

    @Test
    void f2_a_culprit_deep_in_the_causes_is_no_obstacle() throws IOException {
        var failure = new IllegalStateException("outer", new OddException("inner", null));
        var copy = Trip.failure(failure);
        assertEquals("java.lang.IllegalStateException: outer", copy.toString());
        assertEquals(OddException.class.getName() + ": inner", copy.getCause().toString());
    }

    @Test
    void cycles_travel() throws IOException {
        var a = new OddException("a", null);
        var b = new Exception("b", a);
        a.addSuppressed(b);
        var copy = Trip.failure(b);
        assertSame(copy, copy.getCause().getSuppressed()[0]);
        assertEquals("java.lang.Exception: b", copy.toString());
    }

    private static final class Rude extends RuntimeException {
        @Override
        public String getMessage() {
            throw new UnsupportedOperationException();
        }

        @Override
        public synchronized Throwable getCause() {
            return this;
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new StackOverflowError();
        }

        private Object writeReplace() {
            throw new IllegalStateException();
        }
    }

    @Test
    void f2_an_exception_whose_methods_fail_travels_all_the_same() throws IOException {
        var copy = Trip.failure(new Rude());
        assertEquals(Rude.class.getName(), copy.toString());
        assertEquals(0, copy.getStackTrace().length);
    }

    @Test
    void a_very_long_chain_of_causes_travels() throws IOException {
        Throwable chain = new OddException("last", null);
        for (int i = 0; i < 20_000; i++) {
            chain = new Exception("" + i, chain);
        }
        var copy = Trip.failure(chain);
        int length = 0;
        for (var e = copy; e != null; e = e.getCause()) {
            length++;
        }
        assertEquals("java.lang.Exception: 19999", copy.toString());
        assertEquals(1_000, length);
    }

    @Test
    void f2_an_exception_whose_class_is_missing_here_has_a_stand_in(@TempDir Path folder) throws Exception {
        var there = Compiled.classes(folder, Map.of("Lost.java", "public class Lost extends Exception {"
                + " public Lost() { super(\"gone\"); } }"));
        var lost = (Exception) there.loadClass("Lost").getConstructor().newInstance();
        var copy = assertInstanceOf(RemoteFailure.class, Trip.failure(new IllegalStateException(lost)));
        assertEquals("java.lang.IllegalStateException: Lost: gone", copy.toString());
        assertEquals("Lost: gone", copy.getCause().toString());
    }

    private static class Unreadable extends Exception {
        private void readObject(ObjectInputStream in) {
            throw new IllegalStateException("not here");
        }
    }

    @Test
    void f2_an_exception_that_cannot_be_read_or_is_refused_has_a_stand_in() throws IOException {
        assertEquals(Unreadable.class.getName(), Trip.failure(new Unreadable()).toString());
        var sink = new ByteSink(16);
        new ValueWriter(sink).writeFailure(new java.rmi.RemoteException("x"));
        var filter = ResultFilter.of(List.of());
        var copy = new ValueReader(ByteSource.of(sink.toBytes()), Trip.LOADER, filter).readFailure();
        assertEquals("java.rmi.RemoteException: x", copy.toString());
        assertInstanceOf(RemoteFailure.class, copy);
    }

    @Test
    void reports_of_this_project_travel_as_themselves() throws IOException {
        var shippable = new NotShippableException("a b c", new OddException("cause", null));
        var copy = assertInstanceOf(NotShippableException.class, Trip.failure(shippable));
        assertEquals("a b c", copy.getMessage());
        assertArrayEquals(shippable.getStackTrace(), copy.getStackTrace());
        assertEquals(OddException.class.getName() + ": cause", copy.getCause().toString());
        var readable = assertInstanceOf(NotReadableException.class, Trip.failure(new NotReadableException("x", null)));
        assertEquals("x", readable.getMessage());
        ObjectInputFilter none = ObjectInputFilter.Config.createFilter("java.lang.*;java.util.*;!*");
        var sink = new ByteSink(16);
        new ValueWriter(sink).writeFailure(new NotReadableException("y", null));
        assertTrue(new ValueReader(ByteSource.of(sink.toBytes()), Trip.LOADER, none).readFailure()
                instanceof NotReadableException);
    }

    @Test
    void the_next_value_follows_a_failure() throws IOException {
        var sink = new ByteSink(16);
        var writer = new ValueWriter(sink);
        writer.writeFailure(new OddException("x", null));
        writer.write(5);
        var reader = Trip.reader(sink.toBytes());
        assertEquals(Kind.FAILED, reader.nextKind());
        reader.skip();
        assertEquals(5, reader.read());
    }
}
