package dev.mitosis.agent.ignite;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.ignite.configuration.DataRegionConfiguration;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.configuration.SystemDataRegionConfiguration;
import org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;

/// How a [Member] is started.
///
/// @param slots how many frames it handles at once
/// @param firstPort the first port that its discovery tries
/// @param lastPort the last one
/// @param members where it looks for others, comma-separated
/// @param work Ignite's folder, or empty for Ignite's choice
/// @param watched whether it ends when its input ends
record MemberSettings(
        int slots, int firstPort, int lastPort, String members, String work, boolean watched) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long MEGABYTE = 1 << 20;

    // How many messages a sender keeps until they are acknowledged. Ignite's 32 can fill its heap.
    private static final int UNACKNOWLEDGED = 2;

    /// Reads settings, each `name=value`.
    ///
    /// @throws IllegalArgumentException if one is unknown or makes no sense
    static MemberSettings of(List<String> arguments) {
        var given = new TreeMap<>(Map.of(
                "slots", Integer.toString(Runtime.getRuntime().availableProcessors()),
                "ports", "47500..47509", "members", "", "work", "", "stdin", "ignore"));
        for (var argument : arguments) {
            var words = argument.split("=", 2);
            if (words.length < 2 || given.put(words[0], words[1]) == null) {
                throw new IllegalArgumentException("there is no setting \"" + argument
                        + "\"; there are slots=, ports=, members=, work= and stdin=");
            }
        }
        return of(given);
    }

    private static MemberSettings of(Map<String, String> given) {
        var ports = given.getOrDefault("ports", "").split("\\.\\.", 2);
        int first = number("ports", ports[0]);
        int last = number("ports", ports[ports.length - 1]);
        var members = given.getOrDefault("members", "");
        return new MemberSettings(number("slots", given.getOrDefault("slots", "")), first, last,
                members.isEmpty() ? LOOPBACK + ":" + first + ".." + last : members,
                given.getOrDefault("work", ""), "watch".equals(given.get("stdin")));
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + "= takes numbers, not " + value, e);
        }
    }

    /// {@return a node's configuration; without what makes it handle frames}
    IgniteConfiguration toConfiguration() {
        var config = new IgniteConfiguration()
                .setLocalHost(LOOPBACK)
                .setPeerClassLoadingEnabled(false)
                .setMetricsLogFrequency(0)
                .setConnectorConfiguration(null) // two doors that nobody needs
                .setClientConnectorConfiguration(null)
                .setCommunicationSpi(new TcpCommunicationSpi()
                        .setAckSendThreshold(UNACKNOWLEDGED))
                .setDiscoverySpi(discovery())
                .setDataStorageConfiguration(storage());
        return work.isEmpty() ? config
                : config.setWorkDirectory(Path.of(work).toAbsolutePath().toString());
    }

    private TcpDiscoverySpi discovery() {
        return new TcpDiscoverySpi()
                .setLocalPort(firstPort)
                .setLocalPortRange(lastPort - firstPort)
                .setIpFinder(new TcpDiscoveryVmIpFinder()
                        .setAddresses(List.of(members.split(","))));
    }

    /// A member is a data grid besides, which would take a fifth of the machine's memory.
    private static DataStorageConfiguration storage() {
        return new DataStorageConfiguration()
                .setDefaultDataRegionConfiguration(new DataRegionConfiguration()
                        .setName("default")
                        .setInitialSize(10 * MEGABYTE).setMaxSize(32 * MEGABYTE))
                .setSystemDataRegionConfiguration(new SystemDataRegionConfiguration()
                        .setInitialSize(10 * MEGABYTE).setMaxSize(32 * MEGABYTE));
    }
}
