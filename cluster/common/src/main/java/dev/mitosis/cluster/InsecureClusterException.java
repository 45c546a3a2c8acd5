package dev.mitosis.cluster;

/// A cluster is refused, since whoever can reach it may run any code on its nodes.
public final class InsecureClusterException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /// Makes one.
    ///
    /// @param message what is missing, and how to switch it on
    public InsecureClusterException(String message) {
        super(message);
    }
}
