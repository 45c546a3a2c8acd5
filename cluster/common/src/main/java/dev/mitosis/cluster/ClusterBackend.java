package dev.mitosis.cluster;

import dev.mitosis.Backend;
import dev.mitosis.PoolConfig;
import dev.mitosis.spi.Crew;
import dev.mitosis.spi.CrewListener;
import java.util.function.Supplier;

/// Workers on the nodes of a cluster, whichever engine carries the work there.
public final class ClusterBackend implements Backend {
    private final Supplier<ClusterTransport> transports;
    private final ClusterSettings settings;
    private final Shelf shelf = new Shelf();

    /// Makes a back-end.
    ///
    /// @param transports makes the transport of each pool, which closes it
    /// @param settings how the cluster is used
    public ClusterBackend(Supplier<ClusterTransport> transports, ClusterSettings settings) {
        this.transports = transports;
        this.settings = settings;
    }

    @Override
    public Crew open(PoolConfig config, CrewListener listener) {
        var transport = transports.get();
        try {
            return new ClusterCrew(config, listener, transport, settings, shelf);
        } catch (RuntimeException | Error e) {
            transport.close();
            throw e;
        }
    }
}
