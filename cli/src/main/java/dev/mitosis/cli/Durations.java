package dev.mitosis.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Durations as people write them: `500ms`, `1.5s`, `2m`, `1h`; also `PT2M`.
final class Durations implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)");

    @Override
    public Duration convert(String text) {
        var found = FORM.matcher(text);
        try {
            return found.matches()
                    ? of(Double.parseDouble(found.group(1)), found.group(2))
                    : Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "'" + text + "' is not a duration such as 500ms, 10s, 2m or 1h");
        }
    }

    private static Duration of(double number, String unit) {
        double seconds = switch (unit) {
            case "ms" -> number / 1_000;
            case "m" -> number * 60;
            case "h" -> number * 3_600;
            default -> number;
        };
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    /// {@return the duration as people write it}
    static String text(Duration duration) {
        return duration.toMillis() < 1_000
                ? duration.toMillis() + " ms"
                : duration.toMillis() / 1_000.0 + " s";
    }
}
