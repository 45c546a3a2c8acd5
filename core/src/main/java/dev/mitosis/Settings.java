package dev.mitosis;

import java.time.Duration;
import java.util.Locale;

/// Checks of values that a user sets; each message names the setting and the value.
final class Settings {
    private static final long MOST_GIB = Long.MAX_VALUE >> 30;

    private Settings() {}

    /// Returns the number of bytes that a text such as `512m` says, as the JVM's own flags do.
    static long size(String setting, String text) {
        var digits = text.strip().toLowerCase(Locale.ROOT);
        int shift = switch (digits.isEmpty() ? ' ' : digits.charAt(digits.length() - 1)) {
            case 'k' -> 10;
            case 'm' -> 20;
            case 'g' -> 30;
            default -> 0;
        };
        if (shift > 0) {
            digits = digits.substring(0, digits.length() - 1);
        }
        if (!digits.matches("[0-9]{1,18}") || Long.parseLong(digits) < 1
                || shift > 0 && Long.parseLong(digits) > MOST_GIB) {
            throw new IllegalArgumentException(
                    setting + " must be a size such as 512m or 2g, got '" + text + "'");
        }
        return Long.parseLong(digits) << shift;
    }

    static void requirePositive(String setting, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(
                    setting + " must be longer than zero, got " + value);
        }
    }

    static void requireAtLeastOne(String setting, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(setting + " must be at least 1, got " + value);
        }
    }
}
