package dev.mitosis.cli;

import dev.mitosis.LongRange;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Ranges as people write them: `0:100000`, also `0:1_000_000`; the end is not in it.
final class Ranges implements ITypeConverter<LongRange> {
    private static final Pattern FORM = Pattern.compile("([-+]?\\d[\\d_]*):([-+]?\\d[\\d_]*)");

    @Override
    public LongRange convert(String text) {
        var found = FORM.matcher(text);
        if (!found.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is not a range such as 0:100 (from 0 up to 99)");
        }
        try {
            return LongRange.of(number(found.group(1)), number(found.group(2)));
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is beyond the numbers of a long");
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static long number(String text) {
        return Long.parseLong(text.replace("_", ""));
    }
}
