package dev.mitosis.bench.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Figures as JSON.
public final class Json {
    private Json() {}

    /// Writes figures to a file, along with what they were measured on.
    ///
    /// @param file the file; nothing is written if it is empty
    /// @param figures maps, iterables, numbers, booleans and text
    /// @throws IOException if it cannot be written
    public static void write(String file, Map<String, ?> figures) throws IOException {
        if (file.isEmpty()) {
            return;
        }
        var all = new LinkedHashMap<String, Object>(figures);
        all.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        all.put("commit", System.getProperty("mitosis.bench.commit", "unknown"));
        all.put("jdk", Runtime.version().toString());
        all.put("cpu", cpu());
        all.put("processors", Runtime.getRuntime().availableProcessors());
        all.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        Files.writeString(Path.of(file), text(all) + "\n");
    }

    private static String cpu() throws IOException {
        var facts = Path.of("/proc/cpuinfo");
        if (!Files.exists(facts)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(facts).stream().filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst().orElse(System.getProperty("os.arch"));
    }

    /// {@return a value as JSON}
    ///
    /// @param value the value
    static String text(Object value) {
        return switch (value) {
            case Map<?, ?> map -> map.entrySet().stream()
                    .map(e -> quoted(String.valueOf(e.getKey())) + ": " + text(e.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
            case Iterable<?> all -> StreamSupport.stream(all.spliterator(), false)
                    .map(Json::text)
                    .collect(Collectors.joining(", ", "[", "]"));
            case Double number when Double.isFinite(number) ->
                    String.format(Locale.ROOT, "%.6g", number);
            case Double _ -> "null";
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            default -> quoted(value.toString());
        };
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(c -> quoted.append(escaped((char) c)));
        return quoted.append('"').toString();
    }

    private static String escaped(char c) {
        if (c == '"' || c == '\\') {
            return "\\" + c;
        }
        return c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c);
    }
}
