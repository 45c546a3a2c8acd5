package dev.mitosis.bench.dispatch;

import dev.mitosis.Backend;
import dev.mitosis.CallOptions;
import dev.mitosis.Pool;
import dev.mitosis.PoolConfig;
import java.util.function.UnaryOperator;

/// Configurations and options as users make them, without the pool that they are made for.
final class Configurations {
    private Configurations() {}

    static PoolConfig pool(UnaryOperator<PoolConfig> edit) {
        var made = new PoolConfig[1];
        Pool.open(config -> {
            made[0] = edit.apply(config);
            return config.withBackend(Backend.inline());
        }).close();
        return made[0];
    }

    static CallOptions call(UnaryOperator<CallOptions> edit) {
        var made = new CallOptions[1];
        try (var pool = Pool.open(config -> config.withBackend(Backend.inline()))) {
            pool.with(options -> {
                made[0] = edit.apply(options);
                return made[0];
            });
        }
        return made[0];
    }
}
