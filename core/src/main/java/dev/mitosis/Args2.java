package dev.mitosis;

/// The two arguments of one call of a `starmap` function; see [Args#of].
///
/// @param <A> the type of the first argument
/// @param <B> the type of the second argument
/// @param first the first argument; may be null
/// @param second the second argument; may be null
public record Args2<A, B>(A first, B second) {}
