package dev.mitosis.examples;

import java.nio.file.Path;
import java.util.List;

/// The source of an example: what it shows of itself in its comments.
///
/// @param path where it is, from the root of the repository
/// @param lines its lines
record Example(String path, List<String> lines) {
    static Example of(String path) {
        return new Example(path, Document.read(path).lines().toList());
    }

    /// The lines between `@start` and `@end` of a region, as a document quotes them.
    String region(String name) {
        var start = "// @start region=\"" + name + "\"";
        if (lines.stream().noneMatch(line -> line.strip().equals(start))) {
            throw new AssertionError(path + " has no region " + name);
        }
        return Document.dedent(lines.stream().dropWhile(line -> !line.strip().equals(start)).skip(1)
                .takeWhile(line -> !line.strip().equals("// @end")));
    }

    /// What its comment says that it prints: the block at its end, or what follows 'Prints:'.
    List<String> shown() {
        var comment = lines.stream().filter(line -> line.startsWith("//") && !line.startsWith("// @"))
                .map(line -> line.replaceFirst("^///? ?", "")).toList();
        int fence = comment.lastIndexOf("```text");
        if (fence >= 0) {
            return comment.subList(fence + 1, comment.lastIndexOf("```"));
        }
        return comment.stream().dropWhile(line -> !line.endsWith("Prints:")).skip(1)
                .filter(line -> !line.isEmpty()).toList();
    }

    /// The name of its class.
    String className() {
        return lines.stream().filter(line -> line.startsWith("package ")).findFirst()
                .map(line -> line.substring(8, line.length() - 1) + ".").orElse("")
                + Path.of(path).getFileName().toString().replace(".java", "");
    }
}
