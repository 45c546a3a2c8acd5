package dev.mitosis.internal.link;

/// The other side of a link wrote what cannot be; it cannot be talked to any more.
public final class CorruptLinkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Reports what was found.
    ///
    /// @param message what it was
    public CorruptLinkException(String message) {
        super(message);
    }
}
