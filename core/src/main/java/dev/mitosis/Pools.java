package dev.mitosis;

/// The one way from what users say into what the library does.
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
final class Pools {
    private Pools() {}

    static Pool open(PoolConfig config) {
        throw new UnsupportedOperationException(config.toString());
    }

    static Backend processes() {
        return (config, listener) -> {
            throw new UnsupportedOperationException();
        };
    }

    static Backend threads() {
        return processes();
    }

    static Backend inline() {
        return processes();
    }

    static WorkerContext currentContext() {
        throw new UnsupportedOperationException();
    }
}
