package dev.mitosis.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.NotReadableException;
import dev.mitosis.internal.link.Message;
import dev.mitosis.spi.Bytes;
import dev.mitosis.testing.LeakCheck;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What a connection makes of bytes that no connection would send.
@ExtendWith(LeakCheck.class)
class WireTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private SocketChannel raw;
    private Connection connection;

    @BeforeEach
    void connect(@TempDir Path folder) throws IOException {
        var address = UnixDomainSocketAddress.of(folder.resolve("s"));
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address)) {
            raw = SocketChannel.open(address);
            var accepted = server.accept();
            connection = Conversation.over(() -> accepted);
        }
    }

    @AfterEach
    void disconnect() throws IOException {
        connection.close();
        raw.close();
    }

    private void write(long length, int kind, int... body) throws IOException {
        var bytes = ByteBuffer.allocate(9 + body.length).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length).put((byte) kind);
        for (int each : body) {
            bytes.put((byte) each);
        }
        raw.write(bytes.flip());
    }

    @Test
    void a_message_is_there_only_when_all_of_it_is() throws IOException {
        write(3, 1, 7, 8);
        assertFalse(connection.poll(Duration.ofMillis(20)));
        raw.write(ByteBuffer.wrap(new byte[] {9}));
        assertEquals(ByteBuffer.wrap(new byte[] {7, 8, 9}), connection.receiveBytes());
    }

    @Test
    void a_message_that_breaks_off_is_the_end() throws IOException {
        write(3, 1, 7, 8);
        raw.close();
        var thrown = assertThrows(EOFException.class, connection::receiveBytes);
        assertEquals("the other side has ended: the bytes end in the middle of a value", thrown.getMessage());
    }

    @Test
    void a_length_that_is_merely_claimed_takes_no_memory() throws IOException {
        write(Long.MAX_VALUE, 0, 1);
        assertFalse(connection.poll(Duration.ofMillis(20)));
        raw.close();
        assertThrows(EOFException.class, connection::receive);
    }

    @Test
    void a_length_or_a_kind_that_cannot_be_ends_the_connection() throws IOException {
        write(-1, 0);
        var thrown = assertThrows(IOException.class, connection::receive);
        assertEquals("corrupt: a message of kind 0 claims to be -1 bytes long", thrown.getMessage());
        assertThrows(IOException.class, () -> connection.send(1));
    }

    @Test
    void bytes_longer_than_a_buffer_end_the_connection() throws IOException {
        write(1L << 31, 1);
        assertFalse(assertThrows(IOException.class, connection::receiveBytes) instanceof ProtocolException);
    }

    /// Fails here in the middle of being written, as one does for which there is no memory.
    private static Message failing(int after) {
        var pieces = List.of(new Bytes.Piece(new byte[after], 0, after), new Bytes.Piece(new byte[1], 1, 1));
        return new Message(Message.Kind.BYTES, new Bytes(pieces, after + 1));
    }

    private void assertFails(Message message) {
        var outlet = ((Conversation) connection).outlet();
        assertTimeoutPreemptively(LONG,
                () -> assertThrows(IndexOutOfBoundsException.class, () -> outlet.put(message)));
    }

    @Test
    void a_message_that_fails_before_its_first_byte_is_written_leaves_the_connection_as_it_was() throws IOException {
        assertFails(failing(10));

        connection.sendBytes(ByteBuffer.wrap(new byte[] {7, 8}));
        var sent = ByteBuffer.allocate(11);
        while (sent.hasRemaining() && raw.read(sent) > 0) {
            // the rest is to come
        }
        assertEquals(ByteBuffer.wrap(new byte[] {2, 0, 0, 0, 0, 0, 0, 0, 1, 7, 8}), sent.flip());
    }

    @Test
    void a_message_that_fails_in_the_middle_ends_the_connection_for_both() throws IOException {
        assertFails(failing(100_000));

        var refused = assertThrows(IOException.class, () -> connection.sendBytes(ByteBuffer.allocate(1)));
        assertTrue(refused.getMessage().startsWith("a message cannot be sent: one before it was not written to its"
                + " end: java.lang.IndexOutOfBoundsException"), refused.getMessage());
        write(1, 1, 7);
        assertEquals(ByteBuffer.wrap(new byte[] {7}), connection.receiveBytes(), "what was sent here is read");
        var sent = ByteBuffer.allocate(200_000);
        while (raw.read(sent) > 0) {
            // until the end
        }
        assertEquals(64 << 10, sent.position());
    }

    @Test
    void an_object_that_is_none_is_passed_over() throws Exception {
        write(2, 0, 99, 99);
        write(1, 0, 0);
        assertThrows(NotReadableException.class, () -> connection.receive(LONG));
        connection.receive(LONG);
    }
}
