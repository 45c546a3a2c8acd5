package dev.mitosis.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Markdown file of this repository.
///
/// @param path where it is, from the root of the repository
/// @param lines its lines
record Document(Path path, List<String> lines) {
    /// The root of the repository.
    static final Path ROOT = root();

    private static final Pattern FENCE = Pattern.compile("```(\\w*)");
    private static final Pattern MARKER = Pattern.compile("<!-- (.+?) -->");
    private static final Pattern HEADING = Pattern.compile("#+ (.+)");

    /// A fenced block.
    ///
    /// @param marker what the comment right before it says, or an empty text
    /// @param language what follows the fence
    /// @param text what is in it
    record Block(String marker, String language, String text) {
        boolean isMarked(String kind) {
            return marker.equals(kind) || marker.startsWith(kind + ": ");
        }

        /// What the marker names.
        String named() {
            return marker.substring(marker.indexOf(": ") + 2);
        }
    }

    private static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mitosis")) || !Files.exists(folder.resolve("core"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    static Document of(String path) {
        return new Document(Path.of(path), read(path).lines().toList());
    }

    /// A file of the repository as text.
    static String read(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The README and all documents in `docs`.
    static List<Document> all() {
        try (var files = Files.walk(ROOT.resolve("docs"))) {
            var docs = files.filter(file -> file.toString().endsWith(".md")).sorted()
                    .map(file -> ROOT.relativize(file).toString());
            return Stream.concat(Stream.of("README.md"), docs).map(Document::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Block> blocks() {
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < lines.size(); i++) {
            var fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                int end = i + 1;
                while (!lines.get(end).equals("```")) {
                    end++;
                }
                var marker = MARKER.matcher(i == 0 ? "" : lines.get(i - 1));
                blocks.add(new Block(marker.matches() ? marker.group(1) : "", fence.group(1),
                        String.join("\n", lines.subList(i + 1, end))));
                i = end;
            }
        }
        return blocks;
    }

    List<Block> blocks(String kind) {
        return blocks().stream().filter(block -> block.isMarked(kind)).toList();
    }

    /// The text without what is in fenced blocks.
    List<String> prose() {
        var prose = new ArrayList<String>();
        boolean inside = false;
        for (var line : lines) {
            if (line.startsWith("```")) {
                inside = !inside;
            } else if (!inside) {
                prose.add(line);
            }
        }
        return prose;
    }

    /// The cells of the rows of the table that follows a line with this text.
    List<List<String>> table(String before) {
        int at = 0;
        while (!lines.get(at).contains(before)) {
            at++;
        }
        return lines.subList(at + 1, lines.size()).stream().dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|")).skip(2).map(Document::cells).toList();
    }

    private static List<String> cells(String row) {
        return Stream.of(row.substring(1, row.length() - 1).split("\\|", -1)).map(String::strip).toList();
    }

    /// The anchors of its headings, as links name them.
    List<String> anchors() {
        return prose().stream().map(HEADING::matcher).filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1).toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
                .toList();
    }

    /// Takes from lines the indentation that they share.
    static String dedent(Stream<String> lines) {
        return lines.collect(Collectors.joining("\n")).stripIndent().strip();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
