package dev.mitosis.bench.floor;

import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// The other process: squares what comes through a ring, sends back what comes through a socket, or
/// does nothing at all.
public final class PartnerMain {
    static final String RING = "ring";
    static final String SOCKET = "socket";

    private PartnerMain() {}

    /// Runs until the parent closes this process's standard input, or at once ends.
    ///
    /// @param args `ring FILE`, `socket FILE`, or nothing
    /// @throws IOException if what connects the two cannot be opened
    public static void main(String... args) throws IOException {
        if (args.length == 0) {
            return;
        }
        Thread.ofPlatform().daemon().start(PartnerMain::endWithParent);
        var file = Path.of(args[1]);
        if (args[0].equals(RING)) {
            square(MappedRing.pair(file));
        } else {
            echo(file);
        }
    }

    private static void square(MappedRing[] rings) {
        while (true) {
            if (rings[0].isReady()) {
                long number = rings[0].take();
                while (!rings[1].offer(number * number)) {
                    Thread.onSpinWait();
                }
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private static void echo(Path file) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
            var message = ByteBuffer.allocateDirect(Partner.MESSAGE);
            while (channel.read(message) >= 0) {
                if (!message.hasRemaining()) {
                    message.flip();
                    while (message.hasRemaining()) {
                        channel.write(message);
                    }
                    message.clear();
                }
            }
        }
    }

    private static void endWithParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // gone, too
        }
        Runtime.getRuntime().halt(0);
    }
}
