package dev.mitosis.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Jars and directories as `java -cp` takes them: `a.jar:classes:lib/*`.
final class ClassPath {
    private static final String ALL_JARS = "*";

    private ClassPath() {}

    /// {@return all entries}
    /// @throws Complaint if one does not exist: the compiler would only miss its classes
    static List<Path> of(List<String> texts) {
        return texts.stream()
                .flatMap(Pattern.compile(Pattern.quote(File.pathSeparator))::splitAsStream)
                .filter(entry -> !entry.isEmpty())
                .flatMap(ClassPath::entries)
                .toList();
    }

    private static Stream<Path> entries(String text) {
        var entry = Path.of(text);
        if (text.endsWith(File.separator + ALL_JARS)) {
            return jarsIn(Path.of(text.substring(0, text.length() - ALL_JARS.length())))
                    .stream();
        }
        if (!Files.exists(entry)) {
            throw new Complaint("there is no " + entry + " to put on the class path.");
        }
        return Stream.of(entry);
    }

    /// {@return the jars in a folder, by name}
    /// @throws Complaint if it cannot be listed
    static List<Path> jarsIn(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException | UncheckedIOException e) { // the latter in the middle of it
            throw new Complaint("cannot list " + folder + " for the class path.");
        }
    }
}
