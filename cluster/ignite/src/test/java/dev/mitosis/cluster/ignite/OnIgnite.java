package dev.mitosis.cluster.ignite;

import dev.mitosis.LongRange;
import dev.mitosis.Pool;
import dev.mitosis.agent.ignite.Member;
import java.util.List;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;

/// What `docs/cluster.md` says of pools on Ignite.
final class OnIgnite {
    private OnIgnite() {}

    // @start region="member"
    static Ignite member(IgniteConfiguration config) { // on each node, in place of Ignition.start(config)
        return Ignition.start(Member.joining(config, 16)); // 16 frames at once
    }
    // @end

    // @start region="pool"
    static List<Long> squares(Ignite client) {
        try (Pool pool = Pool.open(c -> c.withBackend(IgniteBackend.on(client)).withHeap("512m"))) {
            return pool.map(n -> n * n, LongRange.of(0, 100_000));
        }
    }
    // @end
}
