package dev.mitosis.cluster.ignite;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.logger.NullLogger;
import org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// An Ignite cluster on this machine: two members, each a JVM with two slots, and a client node in this JVM.
///
/// Test classes that break nothing share one: `@ExtendWith(TwoMembers.Shared.class)`, and a parameter of this type.
/// It is begun when the first asks for it, and ended after the last test of this JVM.
final class TwoMembers implements AutoCloseable {
    /// How many frames each member handles at once.
    static final int SLOTS = 2;

    private static final int PORTS = 6; // two members, and those that tests may start

    // below what systems usually give to outgoing connections
    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 32_000;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet(); // ports, to clusters of this JVM

    private final Path folder;
    private final List<Integer> ports;
    private final List<MemberProcess> members = new ArrayList<>();
    private final List<Ignite> nodes = new ArrayList<>();

    private TwoMembers(Path folder, List<Integer> ports) {
        this.folder = folder;
        this.ports = new ArrayList<>(ports);
    }

    static TwoMembers start() {
        quiet();
        try {
            var parent = Files.createDirectories(Path.of("target", "ignite").toAbsolutePath());
            var all = new TwoMembers(Files.createTempDirectory(parent, "cluster"), freePorts());
            try {
                all.another();
                all.another();
                all.members.forEach(MemberProcess::node);
                all.client();
                return all;
            } catch (IOException | RuntimeException e) {
                all.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What Ignite would print on standard output.
    private static void quiet() {
        System.setProperty("IGNITE_QUIET", "false");
        System.setProperty("IGNITE_NO_ASCII", "true");
        System.setProperty("IGNITE_PERFORMANCE_SUGGESTIONS_DISABLED", "true");
        System.setProperty("IGNITE_UPDATE_NOTIFIER", "false");
    }

    /// {@return ports that nobody has, and that no outgoing connection gets before they are used}
    private static List<Integer> freePorts() {
        var ports = new ArrayList<Integer>();
        while (ports.size() < PORTS) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            if (GIVEN.add(port) && isFree(port)) {
                ports.add(port);
            }
        }
        return List.copyOf(ports);
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /// Starts one more member; does not wait until it has joined.
    MemberProcess another() throws IOException {
        var addresses = addresses();
        var member = MemberProcess.start(ports.get(members.size()), addresses, SLOTS, folder);
        members.add(member);
        return member;
    }

    private String addresses() {
        return String.join(",", ports.stream().map(port -> "127.0.0.1:" + port).toList());
    }

    /// {@return the client node that was begun with the cluster}
    Ignite ignite() {
        return nodes.getFirst();
    }

    /// {@return the members that are alive}
    List<MemberProcess> members() {
        return members.stream().filter(MemberProcess::isAlive).toList();
    }

    /// Starts one more client in this JVM.
    Ignite client() {
        var node = Ignition.start(configuration("127.0.0.1").setClientMode(true));
        nodes.add(node);
        return node;
    }

    /// Starts one more client in this JVM, which listens on the network.
    Ignite clientOnTheNetwork() {
        var node = Ignition.start(configuration("0.0.0.0").setClientMode(true));
        nodes.add(node);
        return node;
    }

    /// Starts a cluster of one server node, in this JVM, that takes no frames.
    static Ignite serverWithoutSlots() throws IOException {
        quiet();
        var parent = Files.createDirectories(Path.of("target", "ignite").toAbsolutePath());
        var alone = new TwoMembers(Files.createTempDirectory(parent, "cluster"), freePorts());
        var config = alone.configuration("127.0.0.1");
        ((TcpDiscoverySpi) config.getDiscoverySpi()).setLocalPort(alone.ports.getFirst());
        return Ignition.start(config);
    }

    private IgniteConfiguration configuration(String host) {
        return new IgniteConfiguration()
                .setIgniteInstanceName("client-" + UUID.randomUUID())
                .setLocalHost(host)
                .setGridLogger(new NullLogger())
                .setMetricsLogFrequency(0)
                .setWorkDirectory(folder.toString())
                .setCommunicationSpi(new TcpCommunicationSpi().setAckSendThreshold(2))
                .setDiscoverySpi(new TcpDiscoverySpi().setIpFinder(
                        new TcpDiscoveryVmIpFinder().setAddresses(List.of(addresses().split(",")))));
    }

    /// Stops clients and members, and waits until they have ended.
    @Override
    public void close() {
        nodes.stream().filter(node -> Ignition.state(node.name()) == IgniteState.STARTED).forEach(Ignite::close);
        members.forEach(MemberProcess::leave);
        members.forEach(MemberProcess::close);
    }

    /// Gives test classes one cluster for all of them.
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == TwoMembers.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(TwoMembers.class, type -> start(), TwoMembers.class);
        }
    }
}
