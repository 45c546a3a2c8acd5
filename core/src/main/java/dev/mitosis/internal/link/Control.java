package dev.mitosis.internal.link;

/// The messages of the control socket, and how each side says who it is.
///
/// ```text
/// | length of what follows, int | type, byte | body |
///
/// to the worker                          to the parent
/// WELCOME    see Welcome                 HELLO      pid long
/// FUNCTION   see Welcome                 READY      functions of everywhere run, int
/// SKIP       call long, index long       FAILED     a failure record
/// INTERRUPT  ticket long                 EXITING
/// DUMP       number int                  DUMPED     number int, text UTF-8
/// CLASS      number int, 1 byte: found,  WANTED     number int, name UTF-8
///            bytes                       LEFT
/// GONE                                   WORN
/// HEARD      messages int                FETCHED    bytes long
/// ANSWERED   number int, record          CALLED     number int, a call of a hosted object
///                                        STOPPED    number int
/// ```
/// A connection begins with the token, the seat, the number of the start and its role.
public final class Control {
    /// What the worker is to run before its first item.
    public static final byte WELCOME = 1;

    /// Items of a call that are not to start any more.
    public static final byte SKIP = 2;

    /// Interrupt an item, if it still runs.
    public static final byte INTERRUPT = 3;

    /// Send the stacks of all threads.
    public static final byte DUMP = 4;

    /// The bytes of a class or resource.
    public static final byte CLASS = 5;

    /// Something that was shared is gone: let go of it.
    public static final byte GONE = 6;

    /// So many messages of items were heard: as many more may be sent.
    public static final byte HEARD = 7;

    /// What came of a call of a hosted object.
    public static final byte ANSWERED = 8;

    /// One of the functions that the worker is to run before its first item, or after its last.
    public static final byte FUNCTION = 9;

    /// The worker is there.
    public static final byte HELLO = 16;

    /// The worker is ready for leases.
    public static final byte READY = 17;

    /// What the worker was to run first has failed.
    public static final byte FAILED = 18;

    /// Somebody in the worker has called `System.exit`.
    public static final byte EXITING = 19;

    /// The stacks of all threads.
    public static final byte DUMPED = 20;

    /// A class or resource is missing here.
    public static final byte WANTED = 21;

    /// The worker leaves in order.
    public static final byte LEFT = 22;

    /// The worker had better be replaced: something in it is worn out.
    public static final byte WORN = 23;

    /// The worker has read so many bytes of a shared value.
    public static final byte FETCHED = 24;

    /// The worker calls an object that the parent hosts.
    public static final byte CALLED = 25;

    /// Interrupt such a call, if it is not over.
    public static final byte STOPPED = 26;

    /// The role of the control socket.
    public static final byte ROLE_CONTROL = 0;

    /// The role of the socket by which the parent wakes the worker.
    public static final byte ROLE_BELL_DOWN = 1;

    /// The role of the socket by which the worker wakes the parent.
    public static final byte ROLE_BELL_UP = 2;

    /// The environment variable with the path of the socket.
    public static final String SOCKET = "MITOSIS_SOCKET";

    /// The environment variable with the path of the memory.
    public static final String MEMORY = "MITOSIS_MEMORY";

    /// The environment variable with the token, in hexadecimal.
    public static final String TOKEN = "MITOSIS_TOKEN";

    /// The environment variable with the seat.
    public static final String SEAT = "MITOSIS_SEAT";

    /// The environment variable with the number of the start.
    public static final String START = "MITOSIS_START";

    /// The environment variable that marks all processes of a pool: parent pid, hyphen, random.
    public static final String COOKIE = "MITOSIS_COOKIE";

    /// The environment variable with how deep pools are nested.
    public static final String DEPTH = "MITOSIS_DEPTH";

    /// How long a token is.
    public static final int TOKEN_BYTES = 32;

    private Control() {}
}
