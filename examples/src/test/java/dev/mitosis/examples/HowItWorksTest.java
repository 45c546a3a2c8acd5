package dev.mitosis.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What `docs/how-it-works.md` says of classes.
class HowItWorksTest {
    private static final Document DOCUMENT = Document.of("docs/how-it-works.md");
    private static final Pattern NAME = Pattern.compile("`([A-Z][a-z]+(?:[A-Z]?[a-z]+)*)(?:\\.\\w+\\(.*?\\))?`");
    private static final Pattern OF_THE_CHAPTER = Pattern.compile("The class is `(\\w+)`\\.");

    /// Of the JDK, or a family of names.
    private static final Set<String> OTHERS =
            Set.of("Async", "ObjectInputFilter", "Optional", "Path", "Serializable", "Throwable");

    @Test
    void every_chapter_ends_with_a_class_of_its_package() {
        var chapters = new ArrayList<String>();
        for (var section : String.join("\n", DOCUMENT.lines()).split("\n## ")) {
            var name = section.lines().findFirst().orElseThrow();
            if (!name.startsWith("# ") && !name.equals("Glossary")) {
                chapters.add(name);
                var last = OF_THE_CHAPTER.matcher(section.strip().lines().toList().getLast());
                assertTrue(last.matches(), name);
                assertTrue(Files.exists(Document.ROOT.resolve("core/src/main/java/dev/mitosis/internal/" + name + "/"
                        + last.group(1) + ".java")), name + " has no " + last.group(1));
            }
        }
        assertEquals(packages(), new TreeSet<>(chapters));
    }

    private static Set<String> packages() {
        var internal = Document.ROOT.resolve("core/src/main/java/dev/mitosis/internal").toFile();
        var names = new TreeSet<String>();
        Stream.of(internal.listFiles()).filter(file -> file.isDirectory()).forEach(file -> names.add(file.getName()));
        return names;
    }

    @Test
    void every_class_that_is_named_exists() {
        var known = CoreSources.types();
        known.addAll(OTHERS);
        known.addAll(CoreSources.tests());

        var unknown = String.join("\n", DOCUMENT.prose());
        assertEquals(List.of(), NAME.matcher(unknown).results().map(match -> match.group(1))
                .filter(name -> !known.contains(name)).distinct().toList());
    }

    @Test
    void every_class_of_the_picture_exists() {
        var known = CoreSources.types();
        var shorter = "Call|Batch|Part|Dispatcher|Seat|Pump|Recovery|Watch";
        var named = Pattern.compile("\\b[A-Z][a-z]+[A-Z]\\w+|\\b(" + shorter + ")\\b")
                .matcher(DOCUMENT.blocks().getFirst().text()).results().map(match -> match.group()).toList();

        assertTrue(named.size() > 10, named.toString());
        assertEquals(List.of(), named.stream().filter(name -> !known.contains(name)).toList());
    }
}
