package dev.mitosis.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainJarTest {
    @TempDir Path folder;

    private Path jar() throws Exception {
        var manifest = new Manifest();
        var main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Add-Opens", "java.base/java.lang java.base/java.util");
        main.putValue("Add-Exports", "java.base/sun.nio.ch");
        main.putValue("Enable-Native-Access", "ALL-UNNAMED");
        main.putValue("Class-Path", "lib/dep.jar http://x/y.jar C:\\z conf/");
        var jar = folder.resolve("my app.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    @Test
    void what_the_manifest_opens_becomes_flags() throws Exception {
        var jar = jar();
        var found = MainJar.of(Given.jvm(Map.of("java.class.path", jar.toString(), "sun.java.command", jar + " x")));
        assertEquals(List.of("--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED"), found.flags());
        assertEquals(List.of(folder.resolve("lib/dep.jar"), folder.resolve("conf")), found.entries());
    }

    @Test
    void a_jar_on_the_class_path_is_not_the_main_jar() throws Exception {
        var jar = jar();
        var found = MainJar.of(Given.jvm(Map.of("java.class.path", jar.toString(), "sun.java.command", "app.Main")));
        assertEquals(List.of(), found.flags());
    }
}
