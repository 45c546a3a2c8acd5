package dev.mitosis.internal.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;

/// The link as targets of Jazzer, which wants public classes; `build/fuzz` runs them.
public final class LinkFuzzer {
    private LinkFuzzer() {}

    /// The reply ring.
    public static final class Replies {
        private static RepliesFuzzTest test;

        private Replies() {}

        /// Prepares the memory.
        public static void fuzzerInitialize() throws IOException {
            test = new RepliesFuzzTest();
            test.directory = Files.createTempDirectory("fuzz");
            test.attach();
        }

        /// Takes one input; whatever it throws is a finding.
        ///
        /// @param input what a worker might have written
        public static void fuzzerTestOneInput(byte[] input) throws IOException {
            test.feed(input, new Random(Arrays.hashCode(input)));
        }
    }

    /// The control socket.
    public static final class Control {
        private static ControlFuzzTest test;

        private Control() {}

        /// Prepares the socket.
        public static void fuzzerInitialize() throws IOException {
            test = new ControlFuzzTest();
            test.directory = Files.createTempDirectory("fuzz");
            test.listen();
        }

        /// Takes one input; whatever it throws is a finding.
        ///
        /// @param input what a worker might have written
        public static void fuzzerTestOneInput(byte[] input) throws Exception {
            test.feed(input, new Random(Arrays.hashCode(input)));
        }
    }
}
