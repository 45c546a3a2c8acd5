package dev.mitosis.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Whoever read the results has gone, as `head` does.
final class ClosedPipeException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int TYPE_MASK = 0xF000;
    private static final int PIPE = 0x1000;
    private static final int SOCKET = 0xC000;

    private ClosedPipeException(IOException cause) {
        super(cause);
    }

    /// {@return the exception for a write that failed because nobody reads any more}
    /// @throws Complaint if it failed for another reason, such as a full disk
    static ClosedPipeException of(IOException failure) {
        var message = String.valueOf(failure.getMessage());
        if (message.toLowerCase(Locale.ROOT).contains("pipe") || outputIsPipe()) {
            return new ClosedPipeException(failure);
        }
        throw new Complaint("cannot write results: " + message);
    }

    /// The message alone would not do: the system words it in the user's language.
    private static boolean outputIsPipe() {
        try {
            int mode = (int) Files.getAttribute(Path.of("/dev/stdout"), "unix:mode");
            int type = mode & TYPE_MASK;
            return type == PIPE || type == SOCKET;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
