package dev.mitosis.internal.link;

/// Where things are in the memory that a parent and its worker both map; nobody else adds offsets.
///
/// ```text
///      0  magic and version
///    128  request tail   written by the parent     bytes ever written to the request ring
///    256  request head   written by the worker     bytes ever read from it
///    384  reply tail     written by the worker
///    512  reply head     written by the parent
///    640  worker asleep  1: ring its bell after the next write
///    768  parent asleep  1: ring its bell after the next write, 2: when nothing is left to do
///    896  request wanted 1: the parent has more to write, ring its bell after reading
///   1024  reply wanted   1: the worker has more to write, ring its bell after reading
///   1152  running        ticket << 1 of the item that runs now, lowest bit: it is interrupted; 0
///   1280  lazy           1: the worker does not fence after each outcome, look twice
///   1408  claimed        the ticket up to which the worker runs items; written by the worker
///   1536  limit          the ticket from which items are the parent's again, 0: none, -1: asked
///   4096  request ring
///         reply ring
/// ```
/// Each word has cache lines of its own. Rings are streams of bytes: a position is a count of
/// bytes since the beginning, its place in the ring is the remainder by the ring's size.
public final class LinkLayout {
    /// What the first word says.
    public static final long MAGIC = 0x4d69746f73697301L;

    /// The size of each ring; a power of two.
    public static final int RING = 1 << 21;

    static final int MAGIC_AT = 0;
    static final int REQUEST_TAIL = 128;
    static final int REQUEST_HEAD = 256;
    static final int REPLY_TAIL = 384;
    static final int REPLY_HEAD = 512;
    static final int WORKER_ASLEEP = 640;
    static final int PARENT_ASLEEP = 768;
    static final int REQUEST_WANTED = 896;
    static final int REPLY_WANTED = 1024;
    static final int RUNNING = 1152;
    static final int LAZY = 1280;
    static final int CLAIMED = 1408;
    static final int LIMIT = 1536;
    static final int REQUEST_RING = 4096;
    static final int REPLY_RING = REQUEST_RING + RING;

    /// The size of the whole memory.
    static final int SIZE = REPLY_RING + RING;

    private LinkLayout() {}
}
