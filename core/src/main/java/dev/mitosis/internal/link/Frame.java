package dev.mitosis.internal.link;

import dev.mitosis.internal.codec.ItemFrames;

/// The frames of the request ring: what a parent tells a worker in order.
///
/// ```text
/// | length of what follows, long | type, byte | body |
///
/// FUNCTION  number long | function, Java serialized
/// LEASE     verb byte | wishes byte | call long | function long | halt after int
///           | name length int, name UTF-8 | ticket long | index long | count int | attempt int
///           | RANGE byte, first long
///             or   VALUES byte, skip int, items in a frame int, value records
/// MORE      value records of the lease before
/// FORGET    function long
/// LEAVE
/// RESUME    leases from here on were not taken back
/// ```
/// Replies are not framed: they are outcome records, in the order of the items, and a `LEASE_END`
/// after those of each lease. Before an outcome may come a `PRINTED` if the wishes have 1 in them,
/// and any number of `EMITTED` if they have 2.
public final class Frame {
    /// A function, to be kept until it is to be forgotten.
    public static final byte FUNCTION = 1;

    /// Items to run.
    public static final byte LEASE = 2;

    /// A function is not needed any more.
    public static final byte FORGET = 3;

    /// Leave in order.
    public static final byte LEAVE = 4;

    /// More items of the lease before: a frame holds only so many.
    public static final byte MORE = ItemFrames.MORE;

    /// The leases after this were not among those taken back.
    public static final byte RESUME = 6;

    /// Consecutive numbers follow.
    public static final byte RANGE = 0;

    /// Value records follow.
    public static final byte VALUES = 1;

    /// The wish to know what items print.
    public static final byte PRINTS = 1;

    /// The wish to hear what items emit.
    public static final byte MESSAGES = 2;

    private Frame() {}
}
