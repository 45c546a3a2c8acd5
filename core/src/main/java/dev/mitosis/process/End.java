package dev.mitosis.process;

import java.io.EOFException;
import java.io.IOException;

/// Why no more messages come.
///
/// @param why in words
/// @param ofStream whether the other side has closed or ended, as opposed to a fault
record End(String why, boolean ofStream) {
    /// The other side has closed its end of the connection, or is gone.
    static final End CLOSED =
            new End("the other side has closed the connection, or has ended", true);

    /// {@return what the failure of a socket says about the other side}
    static End of(IOException failure) {
        return failure instanceof java.net.ProtocolException
                ? new End(String.valueOf(failure.getMessage()), false)
                : new End("the other side has ended: " + failure.getMessage(), true);
    }

    /// {@return what a receiver is told}
    IOException exception() {
        return ofStream ? new EOFException(why) : new IOException(why);
    }

    /// {@return what a sender is told}
    IOException refusal() {
        return new IOException("a message cannot be sent: " + why);
    }
}
