package dev.mitosis.bench.parts;

import dev.mitosis.bench.common.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/// What one part was measured to cost.
///
/// @param part which, such as `Codec.read value=STRING`
/// @param unit what the figures are, such as `ns/op`
/// @param least the least of all iterations
/// @param median their median
/// @param most the most
record Measured(String part, String unit, double least, double median, double most) {
    private static final String PACKAGE = Measured.class.getPackageName() + ".";

    /// {@return what JMH has measured, one for each result; what a benchmark tells beside its own
    /// figure, such as what a profiler has found, comes after it}
    static List<Measured> of(Collection<RunResult> results) {
        var all = new ArrayList<Measured>();
        for (var result : results) {
            var name = name(result);
            all.add(of(name, result.getPrimaryResult()));
            result.getSecondaryResults().forEach(
                    (label, second) -> all.add(of(name + " " + label, second)));
        }
        return all;
    }

    private static Measured of(String name, Result<?> result) {
        var figures = result.getStatistics();
        return new Measured(name, result.getScoreUnit(),
                figures.getMin(), figures.getPercentile(50), figures.getMax());
    }

    private static String name(RunResult result) {
        var params = result.getParams();
        var path = params.getBenchmark().substring(PACKAGE.length());
        var name = new StringBuilder(path.replace("Benchmark.", "."));
        for (var key : params.getParamsKeys()) {
            name.append(' ').append(key).append('=').append(params.getParam(key));
        }
        return name.toString();
    }

    /// {@return a table of what was measured}
    static Table table(List<Measured> all) {
        var table = new Table("part", "median", "least", "most", "unit");
        for (var one : all) {
            table.add(one.part, figure(one.median), figure(one.least), figure(one.most), one.unit);
        }
        return table;
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    /// {@return the same by names, for JSON}
    Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("part", part);
        facts.put("unit", unit);
        facts.put("least_median_most", List.of(least, median, most));
        return facts;
    }
}
