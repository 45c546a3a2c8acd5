package dev.mitosis.cli;

/// A line is not what `--type` says it is.
public final class UnreadableLineException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableLineException(String message) {
        super(message);
    }
}
