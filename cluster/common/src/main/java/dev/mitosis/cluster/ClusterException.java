package dev.mitosis.cluster;

/// A cluster cannot be used: it cannot be reached, has no nodes, no Java for workers, or is another
/// version.
public final class ClusterException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /// Makes one.
    ///
    /// @param message what is wrong, and what to do
    public ClusterException(String message) {
        super(message);
    }

    /// Makes one.
    ///
    /// @param message what is wrong, and what to do
    /// @param cause what the engine said
    public ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
