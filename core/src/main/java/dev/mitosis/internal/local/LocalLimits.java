package dev.mitosis.internal.local;

import dev.mitosis.PoolConfig;

/// What a back-end within this JVM cannot do, and refuses when a pool is opened.
final class LocalLimits {
    private LocalLimits() {}

    static void check(String backend, PoolConfig config) {
        require(backend, "heap", config.heap() == 0);
        require(backend, "recycleAbove", config.recycleAbove() == 0);
        require(backend, "memoryLimit", config.memoryLimit() == 0);
        require(backend, "jvmArgs", config.jvmArgs().isEmpty());
        require(backend, "environment",
                config.environment().isEmpty() && !config.cleanEnvironment());
        require(backend, "workingDirectory", config.workingDirectory() == null);
        require(backend, "javaHome", config.javaHome() == null);
        require(backend, "classPath", config.classPath().isEmpty());
        require(backend, "launchPrefix", config.launchPrefix().isEmpty());
        require(backend, "debug", config.debugPort() == 0);
    }

    static void require(String backend, String setting, boolean unset) {
        if (!unset) {
            throw new IllegalArgumentException(setting + " needs worker processes; the " + backend
                    + " back-end runs within this JVM");
        }
    }
}
