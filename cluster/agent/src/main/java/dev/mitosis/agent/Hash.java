package dev.mitosis.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What code and other large bytes are called: the SHA-256 of their content, in hexadecimal.
public final class Hash {
    private static final int BLOCK = 1 << 16;

    private Hash() {}

    /// {@return the hash of some bytes}
    ///
    /// @param bytes the bytes
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    /// {@return the hash of a file; reads all of it}
    ///
    /// @param file the file
    /// @throws IOException if it cannot be read
    public static String of(Path file) throws IOException {
        var digest = digest();
        byte[] block = new byte[BLOCK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count; (count = in.read(block)) > 0; ) {
                digest.update(block, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has it", e);
        }
    }
}
