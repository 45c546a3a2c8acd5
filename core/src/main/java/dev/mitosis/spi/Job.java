package dev.mitosis.spi;

import org.jspecify.annotations.Nullable;

/// What one call does, as it travels; its function goes once to each worker that needs it.
///
/// @param call the number of the call, unique in its pool
/// @param name the call's name, possibly empty
/// @param verb what to do with the function
/// @param function the function
/// @param haltAfter after how many failures a worker starts no further item of this call on its own
///     account, before its parent can say so; 0 for never
/// @param loader the class loader of the function, which workers may ask for classes; null for that
///     of the JDK
/// @param printsWanted whether workers are to tell what each item has printed
/// @param listened whether anybody listens to what items emit
public record Job(
        long call, String name, Verb verb, Function function, int haltAfter,
        @Nullable ClassLoader loader, boolean printsWanted, boolean listened) {
    /// A function, serialized.
    ///
    /// @param id its number, unique in its pool
    /// @param bytes the bytes
    /// @param kept whether other calls will use it too, so that workers are to keep it
    public record Function(long id, Bytes bytes, boolean kept) {}

    /// What a worker does with the items of a lease.
    public enum Verb {
        /// Apply a `RemoteFunction` to each item; an outcome each.
        MAP(0),
        /// Apply a `RemoteLongOperator` to each number, unboxed; an outcome each.
        MAP_LONG(1),
        /// Fold the items by a `Fold`; one outcome for the lease.
        FOLD(2),
        /// Fold the numbers by a `LongFold`, unboxed; one outcome for the lease.
        FOLD_LONG(3);

        private final byte code;

        Verb(int code) {
            this.code = (byte) code;
        }

        /// {@return the byte that stands for it on a link}
        public byte code() {
            return code;
        }

        /// {@return whether the items of a lease are folded to one outcome}
        public boolean isFold() {
            return this == FOLD || this == FOLD_LONG;
        }

        /// {@return the verb that a byte stands for}
        ///
        /// @param code the byte
        /// @throws IllegalArgumentException if it stands for none
        public static Verb of(byte code) {
            for (var verb : values()) {
                if (verb.code == code) {
                    return verb;
                }
            }
            throw new IllegalArgumentException("no such verb: " + code);
        }
    }
}
