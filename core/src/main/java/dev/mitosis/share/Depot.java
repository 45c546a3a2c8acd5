package dev.mitosis.share;

import dev.mitosis.internal.hosting.OneWay;
import dev.mitosis.internal.hosting.Prompt;

/// Where the elements of a queue are that are too large for its memory; hosted.
@Prompt
interface Depot {
    /// Puts an element down.
    ///
    /// Whoever dies meanwhile may be late: another has put an element of the same number then, and
    /// that one is not touched.
    ///
    /// @param number its number in the queue
    /// @param element its bytes
    /// @param head the number of the first element that the queue still has
    /// @return the number of the process that has put it, which is positive
    int put(long number, byte[] element, long head);

    /// {@return the bytes of an element, which stays}
    ///
    /// @param number its number in the queue
    /// @param party the process that has put it
    byte[] look(long number, int party);

    /// Forgets an element, which the queue has no more.
    ///
    /// @param number its number in the queue
    /// @param party the process that has put it
    @OneWay
    void drop(long number, int party);
}
