package dev.mitosis.share;

import dev.mitosis.internal.hosting.OneWay;

/// Where the elements of a queue are that are too large for its memory; hosted.
interface Depot {
    /// Puts an element down.
    ///
    /// @param number its number in the queue
    /// @param element its bytes
    /// @param head the number of the first element that the queue still has
    void put(long number, byte[] element, long head);

    /// {@return the bytes of an element, which stays}
    ///
    /// @param number its number in the queue
    byte[] look(long number);

    /// Forgets an element, which the queue has no more.
    ///
    /// @param number its number in the queue
    @OneWay
    void drop(long number);
}
