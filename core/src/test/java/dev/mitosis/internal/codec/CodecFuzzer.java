package dev.mitosis.internal.codec;

import java.util.Arrays;
import java.util.Random;

/// The codec as a target of Jazzer, which wants a public class; `build/fuzz` runs it.
public final class CodecFuzzer {
    private CodecFuzzer() {}

    /// Takes one input; whatever it throws is a finding.
    ///
    /// @param input what a worker might have sent
    public static void fuzzerTestOneInput(byte[] input) {
        CodecFuzzTest.feed(input, new Random(Arrays.hashCode(input)));
    }
}
