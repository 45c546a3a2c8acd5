package dev.mitosis.process;

import dev.mitosis.internal.StandIn;
import java.io.Serial;
import java.io.Serializable;

/// What travels of a connection: where to reach the process it is in, and the proof that this was
/// sent by that.
///
/// @param socket the path of that process's socket
/// @param number of the connection there
/// @param token good for one time, in hexadecimal
record Handle(String socket, long number, String token) implements StandIn, Serializable {
    /// Reaches for the other process at once and not when it is used first: if all processes end
    /// that have read the handle before one has used it, the other side learns of that.
    @Override
    public Object original() {
        var claim = new Claim();
        return Conversation.over(() -> Doors.enter(this, claim), claim);
    }

    @Serial
    private Object readResolve() {
        return original();
    }

    /// Without the token, which may be good yet.
    @Override
    public String toString() {
        return "Handle[connection " + number + " at " + socket + "]";
    }
}
