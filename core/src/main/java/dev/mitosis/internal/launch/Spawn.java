package dev.mitosis.internal.launch;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;

/// Starts processes, as long as there is room for the files that this takes.
///
/// A JDK that runs out of files in the middle of a start closes files that it has not opened, those
/// of anybody in this process: by the numbers that an earlier start has left on the stack (JDK
/// 25.0.3, seen with strace). And it tells of a helper that is broken, which is not so.
final class Spawn {
    // three pipes, two more to its helper, what is redirected, and some for other threads
    private static final int FILES = 16;
    /// What is empty when it is read, and swallows what is written.
    static final File NOTHING =
            new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");

    private Spawn() {}

    /// Starts a process.
    ///
    /// @param builder how
    /// @return the process
    /// @throws IOException if it cannot be started, or there are too many open files to try
    static Process start(ProcessBuilder builder) throws IOException {
        requireRoom();
        return builder.start();
    }

    private static void requireRoom() throws IOException {
        var spare = new ArrayList<FileInputStream>(FILES);
        try {
            while (spare.size() < FILES) {
                spare.add(new FileInputStream(NOTHING));
            }
        } catch (IOException e) {
            throw new IOException("too many open files: starting a process takes up to " + FILES
                    + ", and this one can open " + spare.size() + " more", e);
        } finally {
            for (var file : spare) {
                file.close();
            }
        }
    }
}
