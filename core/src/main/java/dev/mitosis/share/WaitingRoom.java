package dev.mitosis.share;

import dev.mitosis.internal.hosting.Locking;
import dev.mitosis.internal.hosting.OneWay;
import dev.mitosis.internal.hosting.Prompt;

/// Where threads wait that have found a word of shared memory as they do not want it; hosted by the
/// process that has made the memory, since that one lives as long as any wait.
///
/// It does for several processes what the futexes of Linux do within one machine.
interface WaitingRoom {
    /// {@return the number of the party that asks, which is the same as long as that lives}
    @Prompt
    int party();

    /// Waits until the owner of the lock has changed, see [Mutex].
    ///
    /// @param owner what it was
    /// @param nanos for how long at most
    /// @return whether it has
    /// @throws InterruptedException if this thread is interrupted
    @Locking
    boolean await(long owner, long nanos) throws InterruptedException;

    /// Waits until a word has changed.
    ///
    /// @param door which word, see [Cell]
    /// @param seen what it was
    /// @param nanos for how long at most
    /// @return whether it has
    /// @throws InterruptedException if this thread is interrupted
    boolean await(int door, long seen, long nanos) throws InterruptedException;

    /// Says that a word has changed whose flag was up.
    ///
    /// @param door which word
    @OneWay
    void knock(int door);

    /// Says that an item has left a lock locked: there, and to one of those who wait for a signal.
    ///
    /// @param what has happened
    @OneWay
    void complain(String what);

    /// Makes a list of threads that wait to be signalled.
    ///
    /// @return its number
    @Prompt
    int newList();

    /// Joins a list at its end.
    ///
    /// @param list its number
    /// @return what to wait with
    @Prompt
    long join(int list);

    /// Waits to be signalled. Whoever is not leaves the list, and whoever is says so when it has
    /// gone on: until then its signal would be passed on if it died.
    ///
    /// @param list its number
    /// @param ticket of [#join]
    /// @param nanos for how long at most
    /// @return whether it was
    /// @throws InterruptedException if this thread is interrupted before it was
    boolean awaitSignal(int list, long ticket, long nanos) throws InterruptedException;

    /// Leaves a list after a signal.
    ///
    /// @param list its number
    /// @param ticket of [#join]
    @OneWay
    void wentOn(int list, long ticket);

    /// Signals those who have joined a list first.
    ///
    /// @param list its number
    /// @param most how many at most
    @Prompt
    void signal(int list, int most);
}
