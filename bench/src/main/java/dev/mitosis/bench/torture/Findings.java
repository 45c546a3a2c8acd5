package dev.mitosis.bench.torture;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// What is wrong, in words; told as soon as it is found.
final class Findings {
    private static final int MOST = 100;

    private final List<String> all = new CopyOnWriteArrayList<>();
    private final Consumer<String> listener;

    Findings(Consumer<String> listener) {
        this.listener = listener;
    }

    void add(String what) {
        if (all.size() < MOST) {
            all.add(what);
            listener.accept(what);
        }
    }

    /// {@return everything found, or the first hundred}
    List<String> all() {
        return List.copyOf(all);
    }
}
