package dev.mitosis.process;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class UnixConnectionsTest extends ListenerContract {
    @TempDir
    private Path folder;

    @Override
    SocketAddress address() {
        return UnixDomainSocketAddress.of(folder.resolve("listener"));
    }
}
