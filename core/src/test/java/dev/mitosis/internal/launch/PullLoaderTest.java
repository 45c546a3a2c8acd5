package dev.mitosis.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.internal.worker.PullLoader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// Both ends of the way of a class, without the wire between them.
class PullLoaderTest {
    private static final String SOURCE = """
            package p;
            public class Outer implements java.util.concurrent.Callable<String> {
                record Inner(int x) {}
                public String call() {
                    return new Inner(7) + " in " + getClass().getPackage().getName();
                }
            }
            """;

    private final ClassBytes bytes = new ClassBytes();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final PullLoader loader = new PullLoader(getClass().getClassLoader(), this::fetch);

    private byte[] fetch(String name) throws IOException {
        asked.add(name);
        return bytes.find(name);
    }

    @Test
    void a_class_and_what_it_needs_are_pulled_once() throws Exception {
        var there = InMemory.of("p.Outer", SOURCE);
        bytes.add(there);
        var type = loader.loadClass("p.Outer");
        assertSame(type, loader.loadClass("p.Outer"));
        assertSame(loader, type.getClassLoader());
        assertEquals("Inner[x=7] in p", ((Callable<?>) type.getConstructor().newInstance()).call());
        assertEquals(List.of("p/Outer.class", "p/Outer$Inner.class"), asked);
    }

    @Test
    void what_has_a_file_here_is_not_pulled() throws Exception {
        assertSame(getClass(), loader.loadClass(getClass().getName()));
        assertEquals(List.of(), asked);
    }

    @Test
    void a_missing_class_is_asked_for_once_until_told_to_forget() {
        assertThrows(ClassNotFoundException.class, () -> loader.loadClass("p.Outer"));
        assertThrows(ClassNotFoundException.class, () -> loader.loadClass("p.Outer"));
        assertEquals(1, asked.size());
        loader.forget();
        bytes.add(InMemory.of("p.Outer", SOURCE));
        assertEquals("p.Outer", assertSucceeds("p.Outer").getName());
    }

    private Class<?> assertSucceeds(String name) {
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_missing_class_says_where_it_was_looked_for() {
        var message = assertThrows(ClassNotFoundException.class, () -> loader.loadClass("p.Missing")).getMessage();
        assertTrue(message.matches("p\\.Missing: not on this worker's class path \\([0-9]+ entries\\), not on"
                + " its module path \\(0 entries\\), and no class loader of the parent process that is known to"
                + " the pool gives its bytes"), message);
    }

    @Test
    void a_broken_link_is_the_cause() {
        var broken = new PullLoader(getClass().getClassLoader(), _ -> {
            throw new IOException("the control socket is closed");
        });
        var failure = assertThrows(ClassNotFoundException.class, () -> broken.loadClass("p.Missing"));
        assertTrue(failure.getMessage().endsWith(
                "and the parent process could not be asked: java.io.IOException: the control socket is closed"));
        assertEquals("the control socket is closed", failure.getCause().getMessage());
        assertNull(broken.getResource("p/x.txt"));
    }

    @Test
    void the_parent_process_defines_no_class_of_the_jdk_or_of_the_library() {
        for (var name : List.of("java.lang.Evil", "dev.mitosis.Evil", "dev.mitosis.internal.worker.Evil")) {
            var message = assertThrows(ClassNotFoundException.class, () -> loader.loadClass(name)).getMessage();
            assertTrue(message.endsWith("it is not for the parent process to define"), message);
        }
        assertEquals(List.of(), asked);
    }

    @Test
    void an_example_of_the_library_may_be_pulled() throws Exception {
        bytes.add(InMemory.of("dev.mitosis.examples.A", "package dev.mitosis.examples; public class A {}"));
        assertSame(loader, loader.loadClass("dev.mitosis.examples.A").getClassLoader());
    }

    @Test
    void resources_come_by_the_same_way() throws Exception {
        var there = InMemory.of("p.Outer", SOURCE);
        there.files.put("p/a b#ü.txt", "text".getBytes());
        bytes.add(there);
        try (var in = loader.getResourceAsStream("p/a b#ü.txt")) {
            assertEquals("text", new String(in.readAllBytes()));
        }
        var all = Collections.list(loader.getResources("p/a b#ü.txt"));
        assertEquals(1, all.size());
        assertEquals(4, all.getFirst().openConnection().getContentLength());
        assertNull(loader.getResource("p/missing.txt"));
    }

    @Test
    void many_threads_may_pull_the_same_class() throws Exception {
        bytes.add(InMemory.of("p.Outer", SOURCE));
        try (var threads = Executors.newFixedThreadPool(8)) {
            var loaded = threads.invokeAll(Collections.nCopies(64, () -> loader.loadClass("p.Outer")));
            for (var one : loaded) {
                assertSame(loader.loadClass("p.Outer"), one.get());
            }
        }
        assertEquals(List.of("p/Outer.class"), asked);
    }
}
