package dev.mitosis.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShelfTest {
    private static final int MOST = 1 << 20;
    private static final byte[] BYTES = {1, 2, 3};

    private final Shelf shelf = new Shelf();

    @Test
    void equal_bytes_stay_until_all_that_have_put_them_there_have_taken_them_off() throws Exception {
        var hash = shelf.put(BYTES);
        assertEquals(hash, shelf.put(BYTES.clone()));
        shelf.remove(hash);
        assertArrayEquals(BYTES, shelf.some(List.of(hash), MOST).getFirst().bytes());

        shelf.remove(hash);
        var gone = assertThrows(IOException.class, () -> shelf.some(List.of(hash), MOST));
        assertEquals("a node asks for " + hash + ", which no pool here has", gone.getMessage());
    }

    @Test
    void a_jar_of_the_class_path_stays_whoever_takes_equal_bytes_off(@TempDir Path folder) throws Exception {
        var jar = Files.write(folder.resolve("some.jar"), BYTES);
        var hash = shelf.entries(List.of(jar)).getFirst().hash();
        assertEquals(hash, shelf.put(BYTES));
        shelf.remove(hash);
        assertArrayEquals(BYTES, shelf.some(List.of(hash), MOST).getFirst().bytes());
    }

    @Test
    void as_much_is_sent_as_may_travel_together() throws Exception {
        var hashes = List.of(shelf.put(new byte[600]), shelf.put(new byte[500]), shelf.put(new byte[400]));
        assertEquals(1, shelf.some(hashes, 1_000).size());
        assertEquals(2, shelf.some(hashes, 1_100).size());
        assertEquals(3, shelf.some(hashes, 1_500).size());
    }

    @Test
    void what_is_too_large_for_the_engine_is_told() {
        var hash = shelf.put(new byte[600]);
        var why = assertThrows(IOException.class, () -> shelf.some(List.of(hash), 599)).getMessage();
        assertTrue(why.contains("600 bytes") && why.contains("599 bytes"), why);
    }
}
