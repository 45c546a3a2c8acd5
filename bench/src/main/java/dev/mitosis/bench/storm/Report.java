package dev.mitosis.bench.storm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/// What one storm measured, and which promises it saw broken.
///
/// @param storm the storm
/// @param seconds from the call to the last result
/// @param kills how many workers were killed
/// @param died how many items died
/// @param onTheEdge how many of these on the edge, see [Audit]
/// @param replacements from each kill to the replacement's first item, in ms
/// @param inStep from each kill to when the replacement works as fast as a warm one, in ms
/// @param latencies from each kill to when the outcome could be read, in ms, if an item died
/// @param heldUp the same for those that had to wait for another item, for the sake of order
/// @param broken what was broken, in words
record Report(
        Storm storm,
        double seconds,
        int kills,
        int died,
        int onTheEdge,
        List<Double> replacements,
        List<Double> inStep,
        List<Double> latencies,
        List<Double> heldUp,
        List<String> broken) {
    /// Copies the lists.
    Report {
        replacements = List.copyOf(replacements);
        inStep = List.copyOf(inStep);
        latencies = List.copyOf(latencies);
        heldUp = List.copyOf(heldUp);
        broken = List.copyOf(broken);
    }

    static Report of(Storm storm, double seconds, Seen seen, Map<Long, Killer.Kill> kills,
            Map<Long, Book> books) {
        var audit = new Audit(storm.items(), seen, kills, books);
        var broken = audit.run(storm.kind().retries() > 0);
        if (storm.kind().retries() == 0 && seen.deaths().size() > kills.size()) {
            broken.add(seen.deaths().size() + " items died of " + kills.size() + " kills");
        }
        return new Report(storm, seconds, kills.size(), seen.deaths().size(), audit.onTheEdge(),
                after(kills.values(), books.values(), Book::opened),
                after(kills.values(), books.values(), Report::inStep),
                latencies(seen, kills, false), latencies(seen, kills, true), broken);
    }

    /// Returns the moment from which a replacement is as good as what it replaces, or 0 if it died
    /// before: a JVM that has just started takes longer for each item, and compiles meanwhile on
    /// another's core. It is when it has done some hundred, less what these take a warm one.
    private static long inStep(Book book) {
        return book.inStep() == 0 ? 0 : book.inStep() - Ledger.STEP * KillStormMain.WORK;
    }

    /// Clocks of processes can be compared: on Linux all read the same one.
    private static List<Double> after(
            Collection<Killer.Kill> kills, Collection<Book> books, ToLongFunction<Book> moment) {
        var times = new ArrayList<Double>();
        for (var kill : kills) {
            books.stream()
                    .filter(book -> book.seat() == kill.seat() && book.opened() > kill.time())
                    .min(Comparator.comparingLong(Book::opened))
                    .map(moment::applyAsLong)
                    .filter(time -> time != 0)
                    .ifPresent(time -> times.add((time - kill.time()) / 1e6));
        }
        return times;
    }

    private static List<Double> latencies(
            Seen seen, Map<Long, Killer.Kill> kills, boolean heldUp) {
        var latencies = new ArrayList<Double>();
        for (var death : seen.deaths()) {
            var kill = kills.get(death.pid());
            if (kill != null && death.before() > kill.time() == heldUp) {
                latencies.add((death.time() - kill.time()) / 1e6);
            }
        }
        return latencies;
    }

    /// {@return the mean time to replace a worker, in ms; 0 if none was replaced}
    double replacement() {
        return mean(replacements);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElse(0);
    }

    /// {@return the mean time until a replacement is in step, in ms; 0 if none was replaced}
    double timeToStep() {
        return mean(inStep);
    }

    /// Returns how long the storm may take: somewhat more than the quiet run, and for each kill as
    /// long as one worker of them all was missing.
    double allowed(double quiet, int workers) {
        return 1.15 * quiet + kills * replacement() / 1e3 / workers;
    }

    /// Returns the value below which so large a part of the values lies.
    static double quantile(List<Double> values, double part) {
        var sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? 0
                : sorted.get(Math.min(sorted.size() - 1, (int) (sorted.size() * part)));
    }

    /// {@return the figures by name, for JSON}
    Map<String, Object> figures() {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("storm", storm.kind().toString());
        figures.put("items", storm.items());
        figures.put("seed", storm.seed());
        figures.put("seconds", seconds);
        figures.put("kills", kills);
        figures.put("died", died);
        figures.put("on_the_edge", onTheEdge);
        figures.put("replacement_ms", replacements);
        figures.put("in_step_ms", inStep);
        figures.put("death_to_outcome_ms", latencies);
        figures.put("held_up_by_order_ms", heldUp);
        figures.put("broken", broken);
        return figures;
    }
}
