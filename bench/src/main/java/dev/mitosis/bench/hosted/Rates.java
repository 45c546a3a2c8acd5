package dev.mitosis.bench.hosted;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What was measured of one entrant.
///
/// @param entrant the entrant
/// @param rounds for each round the operations a second of each repetition
record Rates(Entrant entrant, List<List<Double>> rounds) {
    Rates(Entrant entrant) {
        this(entrant, new ArrayList<>());
    }

    void add(List<Double> repetitions) {
        rounds.add(repetitions);
    }

    /// {@return the first repetitions of all rounds, the least first}
    List<Double> first() {
        return rounds.stream().map(List::getFirst).sorted().toList();
    }

    /// {@return the last repetitions of all rounds, the least first}
    List<Double> last() {
        return rounds.stream().map(List::getLast).sorted().toList();
    }

    /// {@return the median of the last repetitions}
    double median() {
        return median(last());
    }

    private static double median(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /// {@return a row: the work, peer, first, last, least, most, nanoseconds, and the share of it}
    ///
    /// @param reference the rate of which a share is told
    String[] row(double reference) {
        var last = last();
        return new String[] {entrant.work().words(), entrant.peer(), figure(median(first())),
                figure(median()), figure(last.getFirst()), figure(last.getLast()),
                figure(1e9 / median()), figure(reference / median())};
    }

    Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("work", entrant.work().words());
        facts.put("peer", entrant.peer());
        facts.put("operations", entrant.times());
        facts.put("first_per_s", median(first()));
        facts.put("last_per_s", median());
        facts.put("rounds_per_s", rounds);
        return facts;
    }

    /// {@return a number with three digits that count}
    static String figure(double value) {
        return value < 1000 ? String.format(Locale.ROOT, "%.3g", value)
                : String.format(Locale.ROOT, "%,.0f", value);
    }
}
