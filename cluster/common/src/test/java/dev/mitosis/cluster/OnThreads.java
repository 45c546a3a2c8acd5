package dev.mitosis.cluster;

import java.util.function.Consumer;

/// An engine of threads that does something else with what is submitted.
interface OnThreads extends ClusterTransport {
    /// {@return what it is otherwise}
    ThreadTransport engine();

    @Override
    default void cancel(long id) {
        engine().cancel(id);
    }

    @Override
    default void watchMembers(Consumer<MemberEvent> listener) {
        engine().watchMembers(listener);
    }

    @Override
    default Capabilities capabilities() {
        return engine().capabilities();
    }

    @Override
    default Failure classify(Throwable failure) {
        return engine().classify(failure);
    }

    @Override
    default void close() {
        engine().close();
    }
}
