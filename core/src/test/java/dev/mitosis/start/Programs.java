package dev.mitosis.start;

import dev.mitosis.Pool;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/// Programs of users: sources are written, compiled and packed in a folder, then run by a JVM of their own.
final class Programs {
    /// Where the library is: in a build a folder of classes, with the module's descriptor.
    static final Path CORE = core();

    private final Path folder;

    Programs(Path folder) {
        this.folder = folder;
    }

    private static Path core() {
        try {
            return Path.of(Pool.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /// Writes a source file.
    Path source(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /// Compiles all sources below a folder.
    Path compile(String from, String to, String... options) throws IOException {
        var arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("-proc:none", "-nowarn", "-d", folder.resolve(to).toString()));
        try (Stream<Path> files = Files.walk(folder.resolve(from))) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new AssertionError("javac " + arguments + " ended with " + status);
        }
        return folder.resolve(to);
    }

    /// Packs a folder of classes.
    Path jar(String name, Path classes, Map<String, String> manifest) throws IOException {
        var packed = new Manifest();
        packed.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.forEach(packed.getMainAttributes()::putValue);
        var jar = folder.resolve(name);
        Files.createDirectories(jar.getParent());
        try (var out = new JarOutputStream(Files.newOutputStream(jar), packed); var files = Files.walk(classes)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                var entry = classes.relativize(file).toString().replace('\\', '/');
                if (!entry.startsWith("META-INF/")) {
                    out.putNextEntry(new ZipEntry(entry));
                    Files.copy(file, out);
                }
            }
        }
        return jar;
    }

    Path coreJar(String name) throws IOException {
        return Files.isDirectory(CORE) ? jar(name, CORE, Map.of()) : Files.copy(CORE, folder.resolve(name));
    }
}
