package dev.mitosis.share;

import java.io.Serializable;

/// A value that is sent to each worker once, when it is first used there: [dev.mitosis.Pool#share].
///
/// ```java
/// try (var dictionary = pool.share(load())) {
///     pool.map(word -> dictionary.get().get(word), words);    // a handle of a few bytes travels
/// }
/// ```
/// **Cost.** It is serialized when it is shared, into a file in memory, or in the temp folder if
/// memory has no room for it. Each worker reads that once, and keeps the value for all its items;
/// what workers have read counts in `stats()`. A worker that is replaced reads it anew.
///
/// **Threads.** All items of a worker see one object, as do all tasks of a pool of threads and
/// whoever shared it: it should not be changed.
///
/// @param <T> the type of the value
public interface Shared<T> extends AutoCloseable, Serializable {
    /// {@return the value}
    ///
    /// The first call in a worker reads it, and the others of that worker wait meanwhile.
    ///
    /// @throws IllegalStateException if it was closed, or whoever shared it has ended
    /// @throws dev.mitosis.NotReadableException if it cannot be read back; says why
    T get();

    /// Ends it, and has the workers let go of the value; in a worker this does nothing. Idempotent.
    ///
    /// It ends with its pool, too.
    @Override
    void close();
}
