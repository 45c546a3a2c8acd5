package dev.mitosis.testing;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A file in which items of any process note that they ran; each note is one atomic append.
///
/// @param file where it is
public record Ledger(String file) implements Serializable {
    /// Begins an empty ledger.
    ///
    /// @param directory where to put it
    /// @return the ledger
    public static Ledger in(Path directory) {
        try {
            return new Ledger(Files.createTempFile(directory, "ledger", ".txt").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Notes something, and returns it.
    ///
    /// @param <T> its type
    /// @param what what to note
    /// @return the same
    /// @throws IOException if it cannot be written
    public <T> T note(T what) throws IOException {
        Files.writeString(Path.of(file), what + "\n", CREATE, APPEND);
        return what;
    }

    /// {@return all notes, in the order in which they were made}
    public List<String> notes() {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
