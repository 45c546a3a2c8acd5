package dev.mitosis.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.internal.StandIn;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract over pipes one end of which has travelled, though not far.
class TravelledPipeTest extends ConnectionContract {
    @Override
    Pipe open() {
        var pipe = Pipe.open();
        return new Pipe(pipe.first(), travelled(pipe.second()));
    }

    private static Connection travelled(Connection end) {
        return (Connection) ((StandIn) ((StandIn.Source) end).standIn()).original();
    }

    @Test
    void both_ends_may_travel_and_a_traveller_may_travel_further() throws IOException {
        var pipe = Pipe.open();
        pipe.first().send("before");
        var first = travelled(pipe.first());
        try (var second = travelled(travelled(pipe.second()))) {
            assertEquals("before", second.receive());
            second.send("back");
            assertEquals("back", first.receive());
            first.close();
            assertThrows(EOFException.class, second::receive);
        }
    }

    @Test
    void an_end_that_was_sent_is_used_there_and_its_original_says_so() throws IOException {
        var pipe = Pipe.open();
        try (var first = pipe.first(); var there = travelled(pipe.second())) {
            var thrown = assertThrows(IllegalStateException.class, () -> pipe.second().receive());
            assertEquals("this end of the connection was sent to a task, a child or another process, and is used"
                    + " there", thrown.getMessage());
            assertThrows(IllegalStateException.class, () -> pipe.second().send(1));
            pipe.second().close();
            first.send("the original was closed, which does nothing");
            assertTrue(there.receive().toString().startsWith("the original"));
        }
    }

    @Test
    void an_end_travels_to_one_place() throws IOException {
        var pipe = Pipe.open();
        try (var first = pipe.first(); var there = travelled(pipe.second())) {
            first.send(1);
            assertEquals(1, there.receive());
            try (var elsewhere = travelled(pipe.second())) {
                var thrown = assertThrows(IOException.class, elsewhere::receive);
                assertEquals("this end of a connection cannot be used: another process has it, or had it; an end"
                        + " travels to one place", thrown.getMessage());
                assertThrows(IOException.class, () -> elsewhere.send(1));
            }
            first.send(2);
            assertEquals(2, there.receive());
        }
    }

    @Test
    void who_does_not_know_the_token_gets_nothing() throws IOException {
        var pipe = Pipe.open();
        var handle = (Handle) ((StandIn.Source) pipe.second()).standIn();
        assertTrue(!handle.toString().contains(handle.token()), handle.toString());
        var forged = new Handle(handle.socket(), handle.number(), "00".repeat(32));
        try (var thief = (Connection) forged.original()) {
            assertThrows(IOException.class, thief::receive);
        }
        try (var first = pipe.first(); var there = (Connection) handle.original()) {
            first.send("safe");
            assertEquals("safe", there.receive());
        }
    }

    @Test
    void no_handle_makes_this_process_talk_to_any_other_socket(@TempDir Path folder) throws IOException {
        var file = Files.createFile(folder.resolve("connections"));
        Files.setPosixFilePermissions(folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var connection = (Connection) new Handle(file.toString(), 1, "00".repeat(32)).original()) {
            var thrown = assertThrows(IOException.class, connection::receive);
            assertTrue(thrown.getMessage().endsWith("is not a socket of a process of this user"), thrown.getMessage());
        }
    }

    @Test
    void a_handle_that_cannot_be_read_says_so() {
        try (var connection = (Connection) new Handle("a\0b", 1, "").original()) {
            var thrown = assertThrows(IOException.class, () -> connection.receive(Duration.ofSeconds(20)));
            assertTrue(thrown.getMessage().startsWith("what came cannot be read: "), thrown.getMessage());
            assertThrows(IOException.class, () -> connection.send(1));
        }
    }

    @Test
    void an_end_whose_process_is_gone_says_so() {
        var nowhere = new Handle("/dev/shm/mitosis-none/connections", 1, "00".repeat(32));
        try (var connection = (Connection) nowhere.original()) {
            assertThrows(EOFException.class, connection::receive);
        }
    }

    @Test
    void a_thousand_pipes_leave_no_descriptor() throws IOException {
        for (int i = 0; i < 1_000; i++) {
            var pipe = open();
            pipe.first().send(i);
            assertEquals(i, pipe.second().receive());
            pipe.first().close();
            pipe.second().close();
        }
    }
}
