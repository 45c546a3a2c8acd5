package dev.mitosis.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What all documents have in common.
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern RATE = Pattern.compile(
            "\\d[\\d.,]* ?\\w*/s\\b|\\d (times|x) (as fast|faster|slower)|\\d ?(ns|us|\u00b5s)\\b|\\d (per|a) second");
    private static final String TEST_COMMAND = "mvn -B -ntp verify";

    static List<Document> documents() {
        return Document.all();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void quoted_code_is_that_of_the_examples(Document document) {
        for (var block : document.blocks("snippet")) {
            var source = block.named().split("#");

            assertEquals(Example.of(source[0]).region(source[1]), block.text());
        }
    }

    @Test
    void all_java_of_the_readme_is_quoted() {
        for (var block : Document.of("README.md").blocks()) {
            assertEquals(block.language().equals("java"), block.isMarked("snippet"), block.text());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void quoted_output_is_that_of_the_examples(Document document) {
        for (var block : document.blocks("output")) {
            assertEquals(String.join("\n", Example.of(block.named()).shown()), block.text());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void links_lead_somewhere(Document document) {
        var broken = new ArrayList<String>();
        for (var line : document.prose()) {
            LINK.matcher(line.replaceAll("`[^`]*`", "code")).results().map(match -> match.group(1))
                    .filter(link -> !link.matches("https?://.*") && !resolves(document, link))
                    .forEach(broken::add);
        }
        assertEquals(List.of(), broken);
    }

    private static boolean resolves(Document document, String link) {
        var parts = link.split("#", 2);
        var target = parts[0].isEmpty() ? document.path() : document.path().resolveSibling(parts[0]).normalize();
        return Files.exists(Document.ROOT.resolve(target))
                && (parts.length == 1 || Document.of(target.toString()).anchors().contains(parts[1]));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void figures_come_from_results(Document document) {
        for (var line : document.prose()) {
            assertFalse(RATE.matcher(line).find(), () -> document + " claims: " + line);
        }
        for (var block : document.blocks()) {
            if (block.isMarked("figure")) {
                assertTrue(block.named().startsWith("bench/results/"), block.named());
                var results = List.copyOf(Document.read(block.named()).lines().toList());
                assertTrue(results.containsAll(block.text().lines().toList()), () -> document
                        + " quotes what is not in " + block.named() + ":\n" + block.text());
            } else {
                assertFalse(RATE.matcher(block.text()).find(), () -> document + " claims: " + block.text());
            }
        }
    }

    @Test
    void the_program_and_its_output_are_on_the_first_screen() {
        var readme = Document.of("README.md");

        assertTrue(readme.lines().indexOf("```java") < 12);
        assertTrue(readme.lines().indexOf("```text") < 24);
        assertTrue(readme.blocks("snippet").getFirst().text().lines().count() <= 10);
    }

    @Test
    void the_readme_tells_the_test_command_and_ci_runs_exactly_that() {
        assertTrue(Document.of("README.md").blocks().stream()
                .anyMatch(block -> block.language().equals("sh") && block.text().equals(TEST_COMMAND)));
        var commands = Document.read(".ci/run").lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        assertEquals(List.of("set -euo pipefail", "cd \"$(dirname \"$0\")/..\"", "exec " + TEST_COMMAND), commands);
        assertTrue(Files.isExecutable(Document.ROOT.resolve(".ci/run")));
    }

    @Test
    void the_changelog_has_a_place_for_what_is_not_released() {
        assertTrue(Document.of("CHANGELOG.md").lines().contains("## Unreleased"));
    }

    @Test
    void decisions_have_the_same_form_and_are_listed() {
        var index = Document.of("docs/adr/README.md");
        int number = 0;
        for (var decision : documents()) {
            if (decision.path().getFileName().toString().matches("\\d{4}-.*")) {
                number++;
                var title = decision.lines().getFirst();
                assertTrue(title.startsWith("# " + number + ". "), title);
                assertEquals(List.of("## Status", "## Context", "## Decision", "## Consequences"),
                        decision.lines().stream().filter(line -> line.startsWith("## ")).toList(), title);
                assertTrue(decision.lines().size() <= 60, title);
                assertTrue(index.lines().contains(number + ". [" + title.split("\\. ", 2)[1] + "]("
                        + Path.of("docs/adr").relativize(decision.path()) + ")"), "not listed: " + title);
            }
        }
        assertTrue(number > 0);
    }
}
