package dev.mitosis.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Few combinations of the values of many options, in which each two values of two options meet.
///
/// Most faults of options that were tested alone show when two of them come together; all combinations would be
/// too many to run.
public final class Pairwise {
    private static final int CANDIDATES = 20;

    /// Two values of two options that are to meet; options and values by their numbers.
    private record Pair(int option, int value, int otherOption, int otherValue) {
        static Pair of(int option, int value, int other, int otherValue) {
            return option < other
                    ? new Pair(option, value, other, otherValue)
                    : new Pair(other, otherValue, option, value);
        }
    }

    private final List<? extends List<?>> options;
    private final Random random;
    private final Set<Pair> missing = new HashSet<>();

    private Pairwise(long seed, List<? extends List<?>> options) {
        this.options = options;
        this.random = new Random(seed);
        for (int i = 0; i < options.size(); i++) {
            for (int j = i + 1; j < options.size(); j++) {
                addPairs(i, j);
            }
        }
    }

    private void addPairs(int option, int other) {
        for (int value = 0; value < options.get(option).size(); value++) {
            for (int otherValue = 0; otherValue < options.get(other).size(); otherValue++) {
                missing.add(new Pair(option, value, other, otherValue));
            }
        }
    }

    /// Returns combinations, the same ones for the same seed.
    ///
    /// @param seed chooses among the many possible answers
    /// @param options the values of each of at least two options
    /// @return combinations: a value of each option, in the order of the options
    public static List<List<Object>> of(long seed, List<? extends List<?>> options) {
        var search = new Pairwise(seed, options);
        var rows = new ArrayList<List<Object>>();
        while (!search.missing.isEmpty()) {
            rows.add(search.bestRow());
        }
        return rows;
    }

    private List<Object> bestRow() {
        int[] best = candidate();
        for (int i = 1; i < CANDIDATES; i++) {
            int[] other = candidate();
            best = met(other).size() > met(best).size() ? other : best;
        }
        missing.removeAll(met(best));
        var row = new ArrayList<Object>();
        for (int option = 0; option < best.length; option++) {
            row.add(options.get(option).get(best[option]));
        }
        return row;
    }

    private int[] candidate() {
        int[] row = new int[options.size()];
        java.util.Arrays.fill(row, -1);
        var wanted = missing.stream().sorted(java.util.Comparator.comparing(Pair::toString))
                .skip(random.nextInt(missing.size())).findFirst().orElseThrow();
        row[wanted.option] = wanted.value;
        row[wanted.otherOption] = wanted.otherValue;
        var order = new ArrayList<>(Inputs.upTo(row.length));
        Collections.shuffle(order, random);
        for (int option : order) {
            if (row[option] < 0) {
                row[option] = bestValue(row, option);
            }
        }
        return row;
    }

    private int bestValue(int[] row, int option) {
        int count = options.get(option).size();
        int first = random.nextInt(count);
        int best = first;
        int most = -1;
        for (int i = 0; i < count; i++) {
            row[option] = (first + i) % count;
            int met = met(row).size();
            if (met > most) {
                most = met;
                best = row[option];
            }
        }
        return best;
    }

    /// {@return the missing pairs that a row has, which may not be complete}
    private Set<Pair> met(int[] row) {
        var met = new HashSet<Pair>();
        for (int i = 0; i < row.length; i++) {
            for (int j = i + 1; j < row.length; j++) {
                var pair = Pair.of(i, row[i], j, row[j]);
                if (missing.contains(pair)) {
                    met.add(pair);
                }
            }
        }
        return met;
    }
}
