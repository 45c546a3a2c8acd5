package dev.mitosis.internal.call;

import java.util.stream.Gatherer;
import java.util.stream.Gatherer.Downstream;
import org.jspecify.annotations.Nullable;

/// A stage of a stream whose elements are the items of one call.
///
/// The stream's own thread pushes items and takes results; it takes one whenever the window is
/// full, so that both ends stay bounded.
///
/// @param <T> the type of an item
/// @param <R> the type of a result
final class Gathering<T, R> {
    private final PushInput input = new PushInput();
    private final LazyResults<R> results;
    private final int window;
    private int underWay;

    private Gathering(Opening<R> opening, int window) {
        this.results = opening.open(input);
        this.window = window;
    }

    /// Opens the call of one stream.
    ///
    /// @param <R> the type of a result
    interface Opening<R> {
        /// Opens the call.
        ///
        /// @param input its input
        /// @return its results
        LazyResults<R> open(Input input);
    }

    /// Returns a gatherer that opens a call for each stream it stands in.
    static <T, R> Gatherer<T, ?, R> of(Opening<R> opening, int window) {
        return Gatherer.<T, @Nullable Gathering<T, R>[], R>ofSequential(
                Gathering::slot,
                Gatherer.Integrator.of((slot, item, downstream) ->
                        opened(slot, opening, window).integrate(item, downstream)),
                (slot, downstream) -> opened(slot, opening, window).finish(downstream));
    }

    /// The call is opened by the first element, not when the stream is built.
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T, R> @Nullable Gathering<T, R>[] slot() {
        return new Gathering[1];
    }

    private static <T, R> Gathering<T, R> opened(
            @Nullable Gathering<T, R>[] slot, Opening<R> opening, int window) {
        var gathering = slot[0];
        if (gathering == null) {
            gathering = new Gathering<>(opening, window);
            slot[0] = gathering;
        }
        return gathering;
    }

    private boolean integrate(T item, Downstream<? super R> downstream) {
        while (underWay >= window) {
            if (!pass(downstream)) {
                return false;
            }
        }
        input.push(item);
        underWay++;
        while (underWay > 0 && results.isReady()) {
            if (!pass(downstream)) {
                return false;
            }
        }
        return !downstream.isRejecting();
    }

    private void finish(Downstream<? super R> downstream) {
        input.end();
        boolean wanted = !downstream.isRejecting();
        while (wanted && results.hasNext()) {
            wanted = pass(downstream);
        }
        results.close();
    }

    /// Hands one result on.
    ///
    /// @return whether the stream wants more
    private boolean pass(Downstream<? super R> downstream) {
        boolean more = false;
        try {
            R result = results.next();
            underWay--;
            more = downstream.push(result);
        } finally {
            if (!more) {
                results.close();
            }
        }
        return more;
    }
}
