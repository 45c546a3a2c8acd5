package dev.mitosis.spi;

import java.util.List;

/// Bytes in pieces, of any total length; not to be changed once made.
///
/// @param pieces the pieces, in order, none of them empty
/// @param size the total length
public record Bytes(List<Piece> pieces, long size) {
    /// A run of bytes within an array.
    ///
    /// @param array the array, shared and not to be changed
    /// @param offset where the run begins
    /// @param length how long it is
    @SuppressWarnings("ArrayRecordComponent") // a window on shared bytes; never compared
    public record Piece(byte[] array, int offset, int length) {}

    /// No bytes.
    public static final Bytes EMPTY = new Bytes(List.of(), 0);

    /// Copies the list, not the bytes.
    public Bytes {
        pieces = List.copyOf(pieces);
    }

    /// Returns the bytes of one array, without copying them.
    ///
    /// @param array the bytes
    /// @return the bytes
    public static Bytes of(byte[] array) {
        return array.length == 0
                ? EMPTY
                : new Bytes(List.of(new Piece(array, 0, array.length)), array.length);
    }

    /// {@return a copy of all bytes}
    ///
    /// @throws ArithmeticException if they are more than an array can hold
    public byte[] toArray() {
        byte[] all = new byte[Math.toIntExact(size)];
        int at = 0;
        for (var piece : pieces) {
            System.arraycopy(piece.array(), piece.offset(), all, at, piece.length());
            at += piece.length();
        }
        return all;
    }

    /// {@return whether all bytes are in one array}
    ///
    /// @param array the array
    @SuppressWarnings("ReferenceEquality") // another array with the same content is not meant
    public boolean isAll(byte[] array) {
        return pieces.size() == 1 && pieces.getFirst().array() == array;
    }
}
