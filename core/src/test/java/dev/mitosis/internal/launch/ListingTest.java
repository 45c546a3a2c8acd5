package dev.mitosis.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingTest {
    @TempDir Path folder;

    @Test
    void entries_are_found_by_their_names() throws Exception {
        for (var name : List.of("a.aot", "b.aot", "lock", ".hidden")) {
            Files.createFile(folder.resolve(name));
        }

        assertEquals(Set.of(folder.resolve("a.aot"), folder.resolve("b.aot")), Set.copyOf(Listing.of(folder, "*.aot")));
        assertEquals(4, Listing.of(folder, "*").size());
    }

    @Test
    void a_folder_that_is_not_there_is_an_io_exception() {
        assertThrows(NoSuchFileException.class, () -> Listing.of(folder.resolve("nowhere"), "*"));
    }

    /// A folder on a disk that fails after one entry, as the JDK tells of it.
    private record Failing(IOException failure) implements DirectoryStream<Path> {
        @Override
        public Iterator<Path> iterator() {
            return Stream.iterate(Path.of("first"), _ -> {
                throw new DirectoryIteratorException(failure);
            }).iterator();
        }

        @Override
        public void close() {}
    }

    @Test
    void a_failure_in_the_middle_is_an_io_exception_too() {
        var failure = new IOException("Input/output error");

        assertSame(failure, assertThrows(IOException.class, () -> Listing.of(new Failing(failure))));
    }
}
