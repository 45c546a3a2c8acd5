package dev.mitosis.internal.supervise;

import dev.mitosis.spi.Bytes;

/// Bytes in one piece.
final class Flat {
    private Flat() {}

    static byte[] of(Bytes bytes) {
        byte[] all = new byte[Math.toIntExact(bytes.size())];
        int at = 0;
        for (var piece : bytes.pieces()) {
            System.arraycopy(piece.array(), piece.offset(), all, at, piece.length());
            at += piece.length();
        }
        return all;
    }
}
