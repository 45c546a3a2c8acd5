package dev.mitosis.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSocketTest {
    @TempDir
    Path folder;

    private static void assertCanBeHeard(Path socket) throws IOException {
        try (var server = HostLink.listen(socket)) {
            assertTrue(server.isOpen());
        } finally {
            Files.delete(socket);
        }
    }

    @Test
    void a_socket_is_in_the_place_of_its_host() throws IOException {
        var socket = Host.socket(folder);
        assertEquals(folder, socket.getParent());
        assertCanBeHeard(socket);
    }

    @Test
    void a_place_with_a_long_path_has_its_socket_elsewhere() throws IOException {
        var place = Files.createDirectories(folder.resolve("containers/".repeat(12)));
        var socket = Host.socket(place);
        assertCanBeHeard(socket);
        Files.delete(socket.getParent()); // it is its own
    }
}
