package dev.mitosis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// After each test class nothing is left that was not there before it: no worker process, no thread
/// of the library, no socket or file open, no folder in memory or among the temporary files.
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(LeakCheck.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        letTheJdkOpenItsOwn();
        context.getStore(OURS).put("before", Belongings.now());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        var before = context.getStore(OURS).get("before", Belongings.class);
        Eventually.holds(PATIENCE,
                () -> Belongings.now().beyond(before).isEmpty(),
                () -> "left behind by " + context.getDisplayName() + ":\n  "
                        + String.join("\n  ", Belongings.now().beyond(before)));
    }

    /// The JDK opens a pair of sockets of its own when the first socket is used, and keeps it.
    private static void letTheJdkOpenItsOwn() {
        try (var server = ServerSocketChannel.open().bind(new InetSocketAddress("localhost", 0));
                var client = SocketChannel.open(server.getLocalAddress());
                var accepted = server.accept();
                var gate = Gate.create()) {
            if (!client.isConnected() || !accepted.isConnected()) {
                throw new IllegalStateException("no loopback, no " + gate);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
