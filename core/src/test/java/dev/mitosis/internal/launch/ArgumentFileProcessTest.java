package dev.mitosis.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class ArgumentFileProcessTest {
    @TempDir Path folder;

    /// The other process: prints each argument as the numbers of its characters.
    static final class Echo {
        private Echo() {}

        public static void main(String[] args) {
            System.out.println(System.getProperty("odd").chars().boxed().toList());
            for (var arg : args) {
                System.out.println(arg.chars().boxed().toList());
            }
        }
    }

    @Test
    void java_reads_back_every_character() throws Exception {
        var odd = List.of("with space", "tab\there", "quote\"inside", "it's", "back\\slash\\", "\\n", "new\nline",
                "#comment", "@file", "", "ümlaut ß 漢", "*", "$HOME", "a=b,c;d", "-Xmx1g");
        var all = new ArrayList<>(List.of("-Dodd=" + odd.getLast() + "ä\" \\ #", "-cp", classPathIn("ü #'s \"x\" \\")));
        all.add(Echo.class.getName());
        all.addAll(odd);
        var file = folder.resolve("arguments");
        ArgumentFile.write(file, all);

        var expected = new ArrayList<String>();
        expected.add((odd.getLast() + "ä\" \\ #").chars().boxed().toList().toString());
        odd.forEach(argument -> expected.add(argument.chars().boxed().toList().toString()));
        assertEquals(expected, run("@" + file));
    }

    @Test
    void nobody_else_can_read_it() throws Exception {
        var file = folder.resolve("arguments");
        ArgumentFile.write(file, List.of("-Dpassword=x"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    /// A copy of the class in a folder with that name.
    private String classPathIn(String name) throws IOException {
        var path = Echo.class.getName().replace('.', '/') + ".class";
        var target = folder.resolve(name).resolve(path);
        Files.createDirectories(target.getParent());
        try (var in = Echo.class.getClassLoader().getResourceAsStream(path)) {
            Files.copy(in, target);
        }
        return folder.resolve(name).toString();
    }

    private static List<String> run(String argument) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(java, argument).redirectErrorStream(true).start();
        try (var lines = process.inputReader()) {
            var all = lines.readAllLines();
            assertEquals(0, process.waitFor(), all::toString);
            return all;
        }
    }
}
