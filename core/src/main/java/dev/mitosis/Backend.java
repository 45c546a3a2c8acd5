package dev.mitosis;

import dev.mitosis.spi.Crew;
import dev.mitosis.spi.CrewListener;

/// Where a pool's workers live: in processes, in threads, on the caller's own thread, or elsewhere.
///
/// Everything a call means (order, window, retries, time-outs, errors) is decided above this
/// interface, so the same program gives the same results on each. Arguments and results are
/// copied on all of them, through the same bytes.
public interface Backend {
    /// {@return one JVM process a worker; the default}
    static Backend processes() {
        return Pools.processes();
    }

    /// {@return one thread of this JVM a worker: for tests, and for functions that share memory}
    static Backend threads() {
        return Pools.threads();
    }

    /// {@return the thread that makes the call, at the call: for debuggers and tests}
    static Backend inline() {
        return Pools.inline();
    }

    /// Makes the workers of one pool; does not wait for them to start.
    ///
    /// @param config the pool's configuration
    /// @param listener is told what becomes of the workers
    /// @return the workers
    /// @throws IllegalArgumentException if the configuration asks for what this back-end lacks
    Crew open(PoolConfig config, CrewListener listener);
}
