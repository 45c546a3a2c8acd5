package dev.mitosis.internal.launch;

import static dev.mitosis.internal.launch.Given.at;
import static dev.mitosis.internal.launch.Given.currentFolder;
import static dev.mitosis.internal.launch.Given.jvm;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacesTest {
    @TempDir Path folder;

    private static ThisJvm with(ThisJvm.Core core, Map<String, String> properties, String... modules) {
        return new ThisJvm(List.of(), properties, Map.of(), core, List.of(modules), List.of());
    }

    private static List<String> entries(Places places) {
        return places.classPath().keySet().stream().map(Path::toString).toList();
    }

    @Test
    void the_class_path_is_made_absolute() {
        var places = Places.of(jvm(Map.of("java.class.path", "lib/a.jar:/b.jar")), List.of(Path.of("c.jar")));
        assertTrue(entries(places).containsAll(
                List.of(currentFolder() + "/lib/a.jar", "/b.jar", currentFolder() + "/c.jar")));
    }

    @Test
    void an_empty_entry_is_the_current_folder() {
        var places = Places.of(with(at(URI.create("file:/m/mitosis-core.jar")), Map.of("java.class.path", ":a.jar")),
                List.of());
        assertEquals(List.of("/m/mitosis-core.jar", currentFolder().toString(), currentFolder() + "/a.jar"),
                entries(places));
    }

    @Test
    void the_library_comes_first_unless_its_jar_holds_more() {
        var properties = Map.of("java.class.path", "/conf:/app.jar:/m/mitosis-core-1.jar");
        assertEquals(List.of("/m/mitosis-core-1.jar", "/conf", "/app.jar"),
                entries(Places.of(with(at(URI.create("file:/m/mitosis-core-1.jar")), properties), List.of())));
        assertEquals(List.of("/conf", "/app.jar", "/m/mitosis-core-1.jar"),
                entries(Places.of(with(at(URI.create("file:/app.jar")), properties), List.of())));
    }

    @Test
    void surefires_path_and_what_a_loader_knows_are_added() {
        var jvm = new ThisJvm(List.of(), Map.of("java.class.path", "/booter.jar",
                "surefire.test.class.path", "/classes:/dep.jar"), Map.of(), at(URI.create("file:/dep.jar")),
                List.of(), List.of(Path.of("/jshell.jar")));
        assertEquals(List.of("/booter.jar", "/dep.jar", "/classes", "/jshell.jar"), entries(Places.of(jvm, List.of())));
    }

    @Test
    void old_class_files_of_a_launched_source_are_not_used() {
        var places = Places.of(with(at(URI.create("file:/m/mitosis-core.jar")),
                Map.of("java.class.path", ".:/dep.jar:" + folder,
                "sun.java.command", "jdk.compiler/com.sun.tools.javac.launcher.SourceLauncher Hello.java")), List.of());
        assertEquals(List.of("/m/mitosis-core.jar", "/dep.jar"), entries(places));
        assertEquals(Set.of(currentFolder().toString(), folder.toString()), places.skipped().keySet());
    }

    @Test
    void a_class_path_needs_no_word_about_default_modules() {
        var flags = List.of("--add-modules=ALL-DEFAULT", "--add-modules=java.sql");
        assertEquals(List.of("--add-modules=java.sql"), Places.of(jvm(Map.of()), List.of()).needed(flags));
        var named = with(new ThisJvm.Core(true, null), Map.of("jdk.module.main", "app"), "app");
        assertEquals(flags, Places.of(named, List.of()).needed(flags));
    }

    @Test
    void modules_are_started_as_modules() {
        var jvm = with(new ThisJvm.Core(true, URI.create("file:/m/mitosis-core.jar")),
                Map.of("java.class.path", "", "jdk.module.path", "/mods:/m/mitosis-core.jar", "jdk.module.main", "app"),
                "app", "lib");
        assertEquals(List.of("--module-path", "/mods:/m/mitosis-core.jar", "--add-modules", "app,lib",
                "--module", "dev.mitosis/x.Main"), Places.of(jvm, List.of()).arguments("x.Main", null));
    }

    @Test
    void an_image_with_the_modules_inside_has_no_module_path() {
        var jvm = with(new ThisJvm.Core(true, URI.create("jrt:/dev.mitosis")), Map.of("jdk.module.main", "app"), "app");
        assertEquals(List.of("--add-modules", "app", "--module", "dev.mitosis/x.Main"),
                Places.of(jvm, List.of()).arguments("x.Main", null));
    }

    @Test
    void class_path_and_module_path_can_be_mixed() {
        var jvm = with(at(URI.create("file:/m/mitosis-core.jar")),
                Map.of("java.class.path", "/m/mitosis-core.jar", "jdk.module.path", "/mods"), "app");
        assertEquals(List.of("--module-path", "/mods", "--add-modules", "app",
                "--class-path", "/m/mitosis-core.jar:/extra", "x.Main"),
                Places.of(jvm, List.of(Path.of("/extra"))).arguments("x.Main", null));
    }

    @Test
    void a_library_inside_of_another_jar_is_copied_out() throws Exception {
        var outer = folder.resolve("app.jar");
        byte[] inner = {1, 2, 3};
        try (var jar = new JarOutputStream(Files.newOutputStream(outer))) {
            jar.putNextEntry(new ZipEntry("BOOT-INF/lib/mitosis-core.jar"));
            jar.write(inner);
        }
        var location = URI.create("jar:" + outer.toUri() + "!/BOOT-INF/lib/mitosis-core.jar!/");
        var places = Places.of(with(at(location), Map.of("java.class.path", outer.toString())), List.of());

        var copy = places.packed().copyTo(folder);
        assertArrayEquals(inner, Files.readAllBytes(copy));
        assertEquals(List.of("--class-path", copy + ":" + outer, "x.Main"), places.arguments("x.Main", copy));
    }
}
