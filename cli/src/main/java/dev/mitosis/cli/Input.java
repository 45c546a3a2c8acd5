package dev.mitosis.cli;

import dev.mitosis.LongRange;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the items come from: a range, a file or standard input.
///
/// @param items the items, pulled on demand
/// @param name what it is called in a complaint
/// @param file what to close, if there is something
record Input(Iterable<?> items, String name, @Nullable FileInputStream file)
        implements AutoCloseable {
    private static final Path STANDARD = Path.of("-");

    /// Opens a range if there is one, else a file.
    ///
    /// @param end the character that ends a line
    /// @throws Complaint if the file cannot be read
    static Input open(@Nullable LongRange range, Path path, char end) {
        if (range != null) {
            return new Input(range, "the range", null);
        }
        if (path.equals(STANDARD)) {
            var lines = new Lines(new FileInputStream(FileDescriptor.in), end);
            return new Input(() -> lines, "standard input", null);
        }
        try {
            var file = new FileInputStream(path.toFile());
            var lines = new Lines(file, end);
            return new Input(() -> lines, path.toString(), file);
        } catch (IOException e) {
            throw new Complaint("cannot read " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
