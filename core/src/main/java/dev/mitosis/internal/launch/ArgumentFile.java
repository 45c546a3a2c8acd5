package dev.mitosis.internal.launch;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The file from which `java @file` reads its arguments: one in quotes on each line.
///
/// A command line is short on some systems and everybody can read it; this file is neither.
final class ArgumentFile {
    private ArgumentFile() {}

    /// Writes a new file that nobody else may read.
    static void write(Path file, List<String> arguments) throws IOException {
        var text = new StringBuilder();
        for (var argument : arguments) {
            text.append(quoted(argument)).append('\n');
        }
        Private.createFile(file);
        Files.writeString(file, text, charset());
    }

    /// Returns the argument as the launcher reads it back; in quotes `#` and `@` mean nothing.
    static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"")
                .replace("\n", "\\n").replace("\r", "\\r")
                .replace("\t", "\\t").replace("\f", "\\f") + '"';
    }

    /// The launcher passes the bytes on as if they came from the command line, so they must be in
    /// the encoding of those. UTF-8 nearly everywhere, but not on Windows.
    private static Charset charset() {
        return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"),
                StandardCharsets.UTF_8);
    }
}
