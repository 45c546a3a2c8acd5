package dev.mitosis.share;

import java.nio.file.Path;

/// Where memory is.
///
/// @param file the path of its file
/// @param size how many bytes it has
/// @param kind what is mapped
record Place(String file, long size, Kind kind) {
    /// What is mapped, and how.
    enum Kind {
        /// Memory that a process of this library owns.
        SHARED(0),
        /// A file of the user's, to be read only.
        FILE(1),
        /// A file of the user's; what is written stays in the process that writes it.
        PRIVATE_FILE(2);

        final int code; // in a Handle

        Kind(int code) {
            this.code = code;
        }

        static Kind of(int code) {
            for (var kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("not a handle of shared memory: kind " + code);
        }
    }

    Path path() {
        return Path.of(file);
    }
}
