package dev.mitosis;

/// Makes the argument lists that the `starmap` verbs unpack: `Args.of(2, 3)`.
public final class Args {
    private Args() {}

    /// Returns a list of two arguments.
    ///
    /// @param <A> the type of the first argument
    /// @param <B> the type of the second argument
    /// @param first the first argument; may be null
    /// @param second the second argument; may be null
    /// @return the arguments
    public static <A, B> Args2<A, B> of(A first, B second) {
        return new Args2<>(first, second);
    }

    /// Returns a list of three arguments.
    ///
    /// @param <A> the type of the first argument
    /// @param <B> the type of the second argument
    /// @param <C> the type of the third argument
    /// @param first the first argument; may be null
    /// @param second the second argument; may be null
    /// @param third the third argument; may be null
    /// @return the arguments
    public static <A, B, C> Args3<A, B, C> of(A first, B second, C third) {
        return new Args3<>(first, second, third);
    }

    /// Returns a list of four arguments.
    ///
    /// @param <A> the type of the first argument
    /// @param <B> the type of the second argument
    /// @param <C> the type of the third argument
    /// @param <D> the type of the fourth argument
    /// @param first the first argument; may be null
    /// @param second the second argument; may be null
    /// @param third the third argument; may be null
    /// @param fourth the fourth argument; may be null
    /// @return the arguments
    public static <A, B, C, D> Args4<A, B, C, D> of(A first, B second, C third, D fourth) {
        return new Args4<>(first, second, third, fourth);
    }
}
