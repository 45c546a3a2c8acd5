package dev.mitosis.internal.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.mitosis.internal.link.Control;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkServerTest {
    private static final int SEAT = 3;

    @TempDir
    private Path folder;

    private static SocketChannel connect(LinkServer server, byte role) throws IOException {
        var socket = SocketChannel.open(UnixDomainSocketAddress.of(server.path()));
        socket.write(ByteBuffer.allocate(Control.TOKEN_BYTES + 9)
                .put(HexFormat.of().parseHex(server.token())).putInt(SEAT).putInt(0).put(role).flip());
        return socket;
    }

    @Test
    void whoever_cannot_be_greeted_is_turned_away_and_the_next_ones_arrive() throws Exception {
        var connections = new AtomicInteger();
        try (var server = new LinkServer(folder.resolve("socket"), greeting -> {
            if (connections.getAndIncrement() == 0) {
                throw new InternalError("no thread, says a test");
            }
            Thread.startVirtualThread(greeting);
        })) {
            var arrival = server.expect(new LinkServer.Start(SEAT, 0));

            try (var unlucky = SocketChannel.open(UnixDomainSocketAddress.of(server.path()))) {
                assertEquals(-1, unlucky.read(ByteBuffer.allocate(1)));
            }
            try (var _ = connect(server, Control.ROLE_CONTROL);
                    var _ = connect(server, Control.ROLE_BELL_DOWN);
                    var _ = connect(server, Control.ROLE_BELL_UP)) {
                assertNotNull(arrival.get(20, TimeUnit.SECONDS));
            }
            server.forget(new LinkServer.Start(SEAT, 0));
        }
    }
}
