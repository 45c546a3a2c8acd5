package dev.mitosis.workers;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.internal.link.Control;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Whoever connects to the socket of a pool and is none of its workers is turned away.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F30StrangersProcessTest {
    private Pool pool;
    private Map<String, String> environment; // of the one worker

    @BeforeEach
    void openPool() {
        pool = Pool.open(1);
        environment = pool.apply(() -> Map.copyOf(System.getenv()));
    }

    @AfterEach
    void thePoolIsAsGoodAsBefore() {
        try (var last = pool) {
            assertEquals(upTo(100), last.map(n -> n, upTo(100)));
            assertEquals(0, last.stats().deaths());
            assertAnotherWorkerCanCome();
        }
    }

    private void assertAnotherWorkerCanCome() {
        assertThrows(WorkerDiedException.class,
                () -> pool.apply(() -> Processes.kill9(ProcessHandle.current().pid())));
        assertEquals(upTo(100), pool.map(n -> n, upTo(100)));
        assertEquals(1, pool.stats().deaths());
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(environment.get(Control.SOCKET)));
    }

    private ByteBuffer greeting(byte[] token, int seat, int start, int role) {
        return ByteBuffer.allocate(token.length + 9).put(token).putInt(seat).putInt(start).put((byte) role).flip();
    }

    private byte[] token() {
        return HexFormat.of().parseHex(environment.get(Control.TOKEN));
    }

    private void assertTurnedAway(ByteBuffer greeting) throws IOException {
        try (var stranger = connect()) {
            stranger.write(greeting);

            assertEquals(-1, stranger.read(ByteBuffer.allocate(1)));
        } catch (SocketException e) {
            assertEquals("Connection reset", e.getMessage()); // what came after the token was not read any more
        }
    }

    @Test
    void f30_a_wrong_token_is_turned_away() throws IOException {
        var token = token();
        token[31] ^= 1;

        assertTurnedAway(greeting(token, 0, 0, Control.ROLE_CONTROL));
        assertTurnedAway(ByteBuffer.wrap(new byte[41]));
        assertTurnedAway(ByteBuffer.wrap("GET / HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n".getBytes()));
    }

    @Test
    void f30_a_role_that_is_taken_or_unknown_is_turned_away() throws IOException {
        int start = Integer.parseInt(environment.get(Control.START));
        for (int role : new int[] {Control.ROLE_CONTROL, Control.ROLE_BELL_DOWN, Control.ROLE_BELL_UP, 3, -1}) {
            assertTurnedAway(greeting(token(), 0, start, role));
        }
    }

    @Test
    void f30_a_worker_that_nobody_expects_is_turned_away() throws IOException {
        assertTurnedAway(greeting(token(), 0, 1_000, Control.ROLE_CONTROL));
        assertTurnedAway(greeting(token(), 1, 0, Control.ROLE_CONTROL));
        assertTurnedAway(greeting(token(), -1, -1, Control.ROLE_CONTROL));
    }

    @Test
    void f30_many_who_connect_and_say_nothing_are_in_nobodys_way() throws IOException {
        var silent = new ArrayList<SocketChannel>();
        try {
            for (int i = 0; i < 100; i++) {
                var stranger = connect();
                silent.add(stranger);
                stranger.write(ByteBuffer.wrap(token(), 0, i % 32));
            }

            assertAnotherWorkerCanCome();
            pool.close();
            pool = Pool.open(1);
        } finally {
            for (var stranger : silent) {
                stranger.close();
            }
        }
    }

    @Test
    void f30_nobody_else_may_open_what_a_pool_has() throws IOException {
        for (var variable : new String[] {Control.SOCKET, Control.MEMORY}) {
            var folder = Path.of(environment.get(variable)).getParent();

            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        }
        var command = Files.readString(Path.of("/proc", "" + pool.apply(() -> ProcessHandle.current().pid()),
                "cmdline"));
        assertTrue(!command.contains(environment.get(Control.TOKEN)), "arguments can be seen by everybody");
    }
}
