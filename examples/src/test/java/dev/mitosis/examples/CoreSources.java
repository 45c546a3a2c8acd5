package dev.mitosis.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The names of types and tests that documents may speak of.
final class CoreSources {
    private static final Pattern TYPE = Pattern.compile(
            "^ *(?:(?:public|private|protected|static|final|abstract|sealed|non-sealed) )*"
                    + "(?:class|interface|record|enum) (\\w+)", Pattern.MULTILINE);

    private CoreSources() {}

    /// The types of the library, nested ones included.
    static Set<String> types() {
        return typesIn("core/src/main/java");
    }

    /// The test classes of all modules.
    static Set<String> tests() {
        var all = new TreeSet<String>();
        for (var module : Set.of("core", "cli", "examples", "stress")) {
            all.addAll(typesIn(module + "/src/test/java"));
        }
        return all;
    }

    /// The source of each test class of the library, by its name.
    static Map<String, String> testSources() {
        var sources = new TreeMap<String, String>();
        try (var files = Files.walk(Document.ROOT.resolve("core/src/test/java"))) {
            for (var file : (Iterable<Path>) files.filter(path -> path.toString().endsWith(".java"))::iterator) {
                var name = file.getFileName().toString();
                sources.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    private static Set<String> typesIn(String folder) {
        var names = new TreeSet<String>();
        try (var files = Files.walk(Document.ROOT.resolve(folder))) {
            for (var file : (Iterable<Path>) files.filter(path -> path.toString().endsWith(".java"))::iterator) {
                TYPE.matcher(Files.readString(file)).results().forEach(match -> names.add(match.group(1)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
