package dev.mitosis;

/// The three arguments of one call of a `starmap` function; see [Args#of].
///
/// @param <A> the type of the first argument
/// @param <B> the type of the second argument
/// @param <C> the type of the third argument
/// @param first the first argument; may be null
/// @param second the second argument; may be null
/// @param third the third argument; may be null
public record Args3<A, B, C>(A first, B second, C third) {}
