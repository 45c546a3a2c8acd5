package dev.mitosis;

/// The four arguments of one call of a `starmap` function; see [Args#of].
///
/// @param <A> the type of the first argument
/// @param <B> the type of the second argument
/// @param <C> the type of the third argument
/// @param <D> the type of the fourth argument
/// @param first the first argument; may be null
/// @param second the second argument; may be null
/// @param third the third argument; may be null
/// @param fourth the fourth argument; may be null
public record Args4<A, B, C, D>(A first, B second, C third, D fourth) {}
