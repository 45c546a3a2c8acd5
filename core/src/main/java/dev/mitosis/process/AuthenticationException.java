package dev.mitosis.process;

import java.io.IOException;
import java.io.Serial;

/// The other side of a connection does not have the same key; nothing was sent to it.
public final class AuthenticationException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    /// Reports a failed handshake.
    ///
    /// @param message which side has failed, and where it is
    public AuthenticationException(String message) {
        super(message);
    }
}
