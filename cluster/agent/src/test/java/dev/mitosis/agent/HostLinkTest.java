package dev.mitosis.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLinkTest {
    @TempDir
    Path folder;

    private SocketChannel host;
    private HostLink link;

    @BeforeEach
    void open() throws IOException {
        var socket = folder.resolve("socket");
        try (var server = HostLink.listen(socket)) {
            host = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            Wire.writeArray(new DataOutputStream(Channels.newOutputStream(host)), new byte[] {'t'});
            link = new HostLink(HostLink.accept(server, "t"));
        }
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        host.close();
    }

    @Test
    void one_that_has_work_is_not_idle() throws IOException {
        var running = link.run(List.of(), List.of());
        assertFalse(link.closeIfIdle(-1));
        assertTrue(link.isOpen());
        link.cancel(running);
        assertFalse(link.closeIfIdle(TimeUnit.HOURS.toNanos(1)));
        assertTrue(link.closeIfIdle(-1));
    }

    @Test
    void one_that_is_closed_as_idle_takes_no_work() {
        assertTrue(link.closeIfIdle(-1));
        var refused = assertThrows(IOException.class, () -> link.run(List.of(), List.of()));
        assertEquals("the host is gone", refused.getMessage());
    }
}
