package dev.mitosis.internal.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassBytesTest {
    @TempDir Path folder;

    private final ClassBytes bytes = new ClassBytes();

    @Test
    void a_class_that_exists_in_memory_alone_is_found() throws Exception {
        var loader = InMemory.of("p.Point", "package p; public record Point(int x) {}");
        assertNull(bytes.find("p/Point.class"));
        bytes.add(loader.loadClass("p.Point"));
        assertArrayEquals(loader.files.get("p/Point.class"), bytes.find("p/Point.class"));
    }

    @Test
    void the_loader_that_came_last_is_asked_first() throws Exception {
        var first = InMemory.of("p.A", "package p; public class A {}");
        var second = InMemory.of("p.A", "package p; public class A { int changed; }");
        bytes.add(first);
        bytes.add(second);
        assertArrayEquals(second.files.get("p/A.class"), bytes.find("p/A.class"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"java/lang/String.class", "jdk/internal/misc/Unsafe.class", "sun/misc/Unsafe.class",
        "dev/mitosis/internal/launch/ClassBytes.class", "", "dir", "dir/", "dir/..", "../x", "dir/../../x",
        "/etc/passwd", "dir\\x", "missing.txt"})
    void what_a_worker_has_no_business_with_is_not_given(String name) throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("root/dir")).resolve("x"), "y");
        Files.writeString(folder.resolve("x"), "outside");
        try (var loader = new URLClassLoader(new URL[] {folder.resolve("root").toUri().toURL()})) {
            bytes.add(loader);
            assertNotNull(bytes.find("dir/x"));
            assertNull(bytes.find(name));
        }
    }

    @Test
    void a_class_loader_can_be_unloaded_while_the_pool_lives() throws Exception {
        var gone = addedAndForgotten();
        for (int i = 0; i < 50 && gone.get() != null; i++) {
            System.gc();
            Thread.onSpinWait();
        }
        assertNull(gone.get());
        assertNull(bytes.find("p/B.class"));
    }

    private WeakReference<ClassLoader> addedAndForgotten() throws IOException {
        var loader = InMemory.of("p.B", "package p; public class B {}");
        bytes.add(loader);
        assertNotNull(bytes.find("p/B.class"));
        return new WeakReference<>(loader);
    }

    @Test
    void no_loader_is_added_twice_and_the_jdks_never() throws Exception {
        bytes.add(String.class);
        bytes.add((ClassLoader) null);
        assertNull(bytes.find("module-info.class"));
        assertEquals(0, bytes.size());
        bytes.add(getClass());
        bytes.add(getClass());
        assertEquals(1, bytes.size());
    }
}
