package dev.mitosis.bench.peer;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What one repetition of a workload measured, by name.
///
/// @param values the names carry the unit: `items_per_s`
record Figures(Map<String, Double> values) {
    static Figures of(String name, double value) {
        return new Figures(Map.of(name, value));
    }

    Figures and(String name, double value) {
        var more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Figures(more);
    }

    /// Prints a JSON object on one line.
    String toJson() {
        return values.entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "\"%s\": %.6g", e.getKey(), e.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
