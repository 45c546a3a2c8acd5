package dev.mitosis.internal.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// The runtime that a worker runs on.
///
/// Not what [java.lang.ProcessHandle] says about this process: that may be `jshell` or an
/// application's own launcher.
///
/// @param home its home
/// @param chosen whether the user chose it
record JavaHome(Path home, boolean chosen) {
    static JavaHome of(@Nullable Path chosen) {
        return chosen != null ? new JavaHome(chosen, true)
                : new JavaHome(Path.of(System.getProperty("java.home")), false);
    }

    /// Returns the program that starts a JVM.
    ///
    /// @throws IOException if it is missing, cannot be run, or is too old
    Path binary() throws IOException {
        var binary = home.resolve("bin", File.separatorChar == '\\' ? "java.exe" : "java");
        if (!Files.isExecutable(binary)) {
            throw new IOException("there is no Java to start a worker with: tried " + binary
                    + (chosen ? ", as withJavaHome says; name the home of a JDK or runtime there"
                            : " of this JVM's own home, which may be an image made without"
                                    + " commands (jpackage does so); withJavaHome names another"));
        }
        requireNewEnough();
        return binary;
    }

    /// A class file of a newer version would fail with a stack trace in the worker.
    private void requireNewEnough() throws IOException {
        var release = home.resolve("release");
        if (!chosen || !Files.isRegularFile(release)) {
            return;
        }
        var properties = new Properties();
        try (var in = Files.newBufferedReader(release)) {
            properties.load(in);
        }
        var version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
        int feature = Runtime.version().feature();
        var first = version.replaceAll("\\D.*", "");
        if (!first.isEmpty() && Integer.parseInt(first) < feature) {
            throw new IOException("the Java in " + home + " is " + version + ", but this JVM is "
                    + feature + " and a worker must be able to run the same classes: let"
                    + " withJavaHome name a Java " + feature + " or newer");
        }
    }
}
