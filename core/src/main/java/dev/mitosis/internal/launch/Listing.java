package dev.mitosis.internal.launch;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The entries of a folder, read at once.
///
/// It is tempting to go through a stream of them where they are needed. But in the middle of that
/// what goes wrong is thrown unchecked, past everybody who catches an [IOException].
public final class Listing {
    private Listing() {}

    /// Lists the entries whose names match.
    ///
    /// @param folder the folder
    /// @param glob such as `*.aot`
    /// @return the entries, in no order
    /// @throws IOException if they cannot be listed, or not all of them
    public static List<Path> of(Path folder, String glob) throws IOException {
        try (var found = Files.newDirectoryStream(folder, glob)) {
            return of(found);
        }
    }

    static List<Path> of(DirectoryStream<Path> found) throws IOException {
        var all = new ArrayList<Path>();
        try {
            found.forEach(all::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return all;
    }
}
