package dev.mitosis.bench.peer;

import java.util.ArrayList;
import java.util.List;

/// How many times as long one side takes as the other, measured in turn, and whether it is too long.
///
/// A machine under load only ever makes a side slower, and rarely all the time. So a side's time in
/// a round is its shortest of several, the ratio is the median of those of the rounds, and what is
/// too long must be so each time that all of it is measured again.
///
/// Where others keep every core busy it is the floor that suffers more: both of its ends spin, and
/// each waits for the other to be given a core. The ratio falls then, and nothing is found.
///
/// @param ratios of each time that it was measured
/// @param recorded what the ratio was when somebody last wrote it down
record PairedRatio(List<Double> ratios, double recorded) {
    static final int TIMES = 3;

    private static final int ROUNDS = 5;
    private static final int SLICES = 5;
    private static final double LONGEST = 8; // seconds; then it makes do with fewer rounds
    private static final double COLLAPSED = 2;

    /// Measures until the ratio is as it should be, at most three times.
    static PairedRatio measure(Side ours, Side floor, double recorded) throws Exception {
        var ratios = new ArrayList<Double>();
        var found = new PairedRatio(ratios, recorded);
        do {
            ratios.add(median(ours, floor));
        } while (found.isCollapsed() && ratios.size() < TIMES);
        return found;
    }

    private static double median(Side ours, Side floor) throws Exception {
        var clock = Clock.start();
        var rounds = new ArrayList<Double>();
        do {
            rounds.add(ours.shortestOf(SLICES) / floor.shortestOf(SLICES));
        } while (rounds.size() < ROUNDS && clock.seconds() < LONGEST);
        return rounds.stream().sorted().skip(rounds.size() / 2).findFirst().orElseThrow();
    }

    boolean isCollapsed() {
        return ratios.stream().allMatch(ratio -> ratio > COLLAPSED * recorded);
    }

    @Override
    public String toString() {
        return "%s times the floor, recorded were %.1f".formatted(
                ratios.stream().map("%.1f"::formatted).toList(), recorded);
    }

    /// One of the two: measures itself several times and returns the shortest.
    @FunctionalInterface
    interface Side {
        double shortestOf(int slices) throws Exception;
    }
}
