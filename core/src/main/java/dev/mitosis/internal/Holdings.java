package dev.mitosis.internal;

import dev.mitosis.PoolClosedException;
import java.util.ArrayList;
import java.util.List;

/// What a thread holds that others wait for, so that nothing of an item's is left held at its end.
///
/// Owned by the thread.
public final class Holdings {
    private static final ThreadLocal<Holdings> HERE = ThreadLocal.withInitial(Holdings::new);

    private final List<Holding> held = new ArrayList<>(2);

    /// Something that is held.
    public interface Holding {
        /// Lets go of it, since the item has ended that took it.
        ///
        /// @param call the name of the call, or empty
        /// @param index the place of the item in the input
        void leave(String call, long index);
    }

    /// Makes holdings of nothing.
    public Holdings() {}

    /// {@return those of this thread}
    public static Holdings here() {
        return HERE.get();
    }

    /// Makes these the holdings of this thread.
    ///
    /// @return those that it had
    public Holdings enter() {
        var outer = HERE.get();
        HERE.set(this);
        return outer;
    }

    /// Makes others the holdings of this thread again.
    ///
    /// @param outer what [#enter] returned
    public static void leave(Holdings outer) {
        HERE.set(outer);
    }

    /// Notes what is held from now on.
    ///
    /// @param holding equal to what is removed later
    public void add(Holding holding) {
        held.add(holding);
    }

    /// Notes that it is held no more.
    ///
    /// @param holding what was added
    public void remove(Holding holding) {
        held.remove(holding);
    }

    /// {@return whether nothing is held}
    public boolean isEmpty() {
        return held.isEmpty();
    }

    /// Lets go of all.
    ///
    /// @param call the name of the call, or empty
    /// @param index the place of the item in the input
    public void endItem(String call, long index) {
        var all = List.copyOf(held);
        held.clear();
        all.forEach(holding -> leave(holding, call, index));
    }

    /// One that cannot be left must not keep the others, nor end the thread.
    private static void leave(Holding holding, String call, long index) {
        try {
            holding.leave(call, index);
        } catch (PoolClosedException e) {
            // it is there no more
        } catch (RuntimeException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING,
                    "what item " + index + " has left held could not be let go of", e);
        }
    }
}
