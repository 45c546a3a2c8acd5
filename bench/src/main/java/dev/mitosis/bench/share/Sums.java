package dev.mitosis.bench.share;

import dev.mitosis.share.SharedDoubles;
import java.io.Serializable;

/// What each worker does: adds up its own part of the array, and then all of it.
///
/// @param all the array
/// @param part its number
/// @param parts of how many
record Sums(SharedDoubles all, int part, int parts) implements Serializable {
    /// {@return the sum of the part, plus that of all}
    double add() {
        long size = all.length() / parts;
        return add(part * size, part * size + size) + add(0, all.length());
    }

    /// Four at a time: one sum would wait for each addition, in any language and any memory.
    private double add(long from, long to) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        for (long i = from; i < to; i += 4) {
            a += all.get(i);
            b += all.get(i + 1);
            c += all.get(i + 2);
            d += all.get(i + 3);
        }
        return a + b + c + d;
    }

    /// {@return what [#add] gives for an array that [ShareMain] has filled}
    double expected() {
        return all.length() / 1024.0 / parts * SUM + all.length() / 1024.0 * SUM;
    }

    /// The sum of the numbers from 0 to 1023, of which the array is full.
    private static final double SUM = 1023 * 512.0;
}
