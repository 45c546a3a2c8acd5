package dev.mitosis.process;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

class TcpConnectionsTest extends ListenerContract {
    @Override
    SocketAddress address() {
        return new InetSocketAddress("localhost", 0);
    }
}
