package dev.mitosis.internal.call;

import dev.mitosis.ItemOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What items of a call have printed, kept until their outcomes are read; then somebody is told.
///
/// It is tempting to tell it as it comes. But that would be user code on a thread that serves a
/// worker, or a queue and a thread more, and then nobody knows which comes first, the text or the
/// result.
final class Listening {
    /// What one attempt at an item has printed.
    ///
    /// @param index the place of the item in the input
    /// @param attempt which attempt
    /// @param text the text in UTF-8, or the end of it
    /// @param cut how many bytes before that were cut off
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Print(long index, int attempt, byte[] text, long cut) {
        long size() {
            return text.length;
        }

        String shown() {
            var shown = new String(text, StandardCharsets.UTF_8);
            return cut == 0 ? shown : "(" + cut + " bytes before this were cut off)\n" + shown;
        }
    }

    /// What has one outcome.
    private record Unit(Batch batch, int number) {}

    private final Call call;
    private final ItemOutput listener;

    // guarded by the call's lock
    private final Map<Unit, List<Print>> untold = new HashMap<>();

    // owned by the consumer
    private boolean complained;

    private Listening(Call call, ItemOutput listener) {
        this.call = call;
        this.listener = listener;
    }

    /// {@return what tells a listener, or null if there is none}
    static @Nullable Listening of(Call call, @Nullable ItemOutput listener) {
        return listener == null ? null : new Listening(call, listener);
    }

    /// Keeps what an item has printed; by whoever serves its worker, before it has its outcome.
    void printed(Batch batch, int unit, Print print) {
        call.lock.lock();
        try {
            var substitute = batch.substitute(unit);
            if (substitute == null || !substitute.isFinal()) { // else its verdict may be read
                untold.computeIfAbsent(new Unit(batch, unit), _ -> new ArrayList<>(1)).add(print);
                call.released(-print.size()); // held until it is told
            }
        } finally {
            call.lock.unlock();
        }
    }

    /// Tells what a unit has printed, all attempts at it; by the consumer.
    void tell(Batch batch, int unit) {
        var prints = take(batch, unit);
        if (prints != null) {
            prints.forEach(this::tell);
        }
    }

    private @Nullable List<Print> take(Batch batch, int unit) {
        call.lock.lock();
        try {
            var prints = untold.remove(new Unit(batch, unit));
            if (prints != null) {
                prints.forEach(print -> call.released(print.size()));
            }
            return prints;
        } finally {
            call.lock.unlock();
        }
    }

    private void tell(Print print) {
        try {
            listener.printed(print.index(), print.attempt(), print.shown());
        } catch (Throwable e) {
            // the listener is beside the point: no item and no call is to fail for it
            complain(print, e);
        }
    }

    private void complain(Print print, Throwable thrown) {
        if (!complained) {
            complained = true;
            System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING,
                    "the itemOutput of a call threw when told of item " + print.index()
                            + "; it is told of the others all the same, and what else it throws"
                            + " is not logged", thrown);
        }
    }
}
