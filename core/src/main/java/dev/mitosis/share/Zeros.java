package dev.mitosis.share;

import dev.mitosis.internal.Uninterrupted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Fills new memory with zeros, which makes sure that there is memory for all of it.
///
/// It is tempting to only set the length of the file. But then a page is looked for when it is
/// first written, and if there is none the kernel ends the process with a signal.
final class Zeros {
    private static final int MIB = 1 << 20;

    private Zeros() {}

    /// Fills a file.
    ///
    /// @param file the file, which is empty
    /// @param bytes how many zeros
    /// @throws UncheckedIOException if there is no room for them; says how much there is
    static void fill(Path file, long bytes) {
        try {
            requireRoom(file, bytes);
            Uninterrupted.run(() -> write(file, bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(noRoom(file, bytes, e), e);
        }
    }

    private static long write(Path file, long bytes) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var zeros = ByteBuffer.allocateDirect((int) Math.min(MIB, bytes));
            for (long done = 0; done < bytes; ) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - done));
                done += channel.write(zeros);
            }
            return bytes;
        }
    }

    private static void requireRoom(Path file, long bytes) throws IOException {
        long free = Files.getFileStore(file).getUsableSpace();
        if (free < bytes) {
            throw new IOException("only " + mib(free) + " are free there");
        }
    }

    private static String noRoom(Path file, long bytes, IOException why) {
        return mib(bytes) + " of shared memory could not be made as " + file + ": "
                + why.getMessage() + "; make the file system larger (docker run --shm-size), or"
                + " name another folder in all processes that use it (-Dmitosis.share.folder)";
    }

    private static String mib(long bytes) {
        return bytes < MIB ? bytes + " bytes" : bytes / MIB + " MiB";
    }
}
