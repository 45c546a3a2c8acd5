package dev.mitosis.cluster;

import dev.mitosis.Backend;
import java.util.ServiceLoader;

/// The cluster that the tests of a module run on: made once, by the module's own service, and kept.
public interface ClusterUnderTest {
    /// {@return the back-end of the module's cluster, or of a few threads if it has none}
    static Backend backend() {
        return Holder.BACKEND;
    }

    /// {@return the back-end}
    Backend open();

    /// Holds what is made once.
    final class Holder {
        private static final Backend BACKEND = ServiceLoader.load(ClusterUnderTest.class).findFirst()
                .map(ClusterUnderTest::open)
                .orElseGet(() -> new ClusterBackend(() -> ThreadTransport.of(4), ClusterSettings.DEFAULTS));

        private Holder() {}
    }
}
