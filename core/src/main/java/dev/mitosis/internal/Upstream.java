package dev.mitosis.internal;

import org.jspecify.annotations.Nullable;

/// What code in a worker may say to the parent, whatever the link to it is.
public interface Upstream {
    /// Says that the parent's files were read.
    ///
    /// @param bytes how many bytes
    void fetched(long bytes);

    /// {@return what leads to the parent, or null if this process is no worker}
    static @Nullable Upstream here() {
        return Here.upstream;
    }

    /// Makes this process a worker's; its main method does that, once.
    ///
    /// @param upstream what leads to the parent
    static void connect(Upstream upstream) {
        Here.upstream = upstream;
    }

    /// A field that an interface cannot have.
    final class Here {
        private static volatile @Nullable Upstream upstream;

        private Here() {}
    }
}
