package dev.mitosis.internal;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What code in a worker may say to the parent, whatever the link to it is.
public interface Upstream {
    /// Says that the parent's files were read.
    ///
    /// @param bytes how many bytes
    void fetched(long bytes);

    /// Has an object called that the parent hosts. If the parent ends, so does this process.
    ///
    /// @param call which, and with what
    /// @param answer told what came of it, on a thread that must not wait; or null if nothing is
    ///     to come of it
    /// @return the number of the call
    int call(ByteBuffer call, @Nullable Consumer<ByteBuffer> answer);

    /// Interrupts such a call, if it is not over.
    ///
    /// @param number its number
    void stop(int number);

    /// {@return the thread for which this process is there}
    Thread runner();

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
