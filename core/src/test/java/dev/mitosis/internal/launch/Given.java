package dev.mitosis.internal.launch;

import dev.mitosis.PoolConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What the tests of this package start from.
final class Given {
    private Given() {}

    /// Pool.open is the only way for others.
    static PoolConfig config(UnaryOperator<PoolConfig> edit) {
        try {
            var constructor = PoolConfig.class.getDeclaredConstructor();
            constructor.setAccessible(true);
            return edit.apply(constructor.newInstance());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    static ThisJvm jvm(Map<String, String> properties) {
        return new ThisJvm(List.of(), properties, Map.of(), onClassPath(), List.of(), List.of());
    }

    static ThisJvm jvmWithFlags(Map<String, String> environment, String... flags) {
        var properties = Map.of("java.class.path", System.getProperty("java.class.path"));
        return new ThisJvm(List.of(flags), properties, environment, onClassPath(), List.of(), List.of());
    }

    static ThisJvm.Core onClassPath() {
        return ThisJvm.Core.here();
    }

    static ThisJvm.Core at(URI location) {
        return new ThisJvm.Core(false, location);
    }

    static Path currentFolder() {
        return Path.of("").toAbsolutePath();
    }
}
