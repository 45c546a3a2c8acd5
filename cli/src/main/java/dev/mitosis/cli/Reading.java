package dev.mitosis.cli;

import java.util.Locale;

/// How an item becomes the expression's argument; runs in the workers, called by the compiled code.
///
/// An item is a line (a [String]), a number of a range (a [Long]), or [Lines.Malformed].
public enum Reading {
    /// The line as it is.
    STRING("String", "Reading.asString"),
    /// The line as a whole number.
    LONG("Long", "Reading.asLong"),
    /// The line as a floating-point number.
    DOUBLE("Double", "Reading.asDouble"),
    /// The line as a JSON value.
    JSON("com.fasterxml.jackson.databind.JsonNode", "Json.read");

    private final String parameter;
    private final String method;

    Reading(String parameter, String method) {
        this.parameter = parameter;
        this.method = method;
    }

    /// {@return the name as it is written on the command line}
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// {@return the expression's parameter type, as source}
    String parameter() {
        return parameter;
    }

    /// {@return the method that reads an item, as source}
    String method() {
        return method;
    }

    /// Reads an item as a string.
    ///
    /// @param item the item
    /// @return the string
    /// @throws UnreadableLineException if the line is not text
    public static String asString(Object item) throws UnreadableLineException {
        if (item instanceof Lines.Malformed malformed) {
            throw new UnreadableLineException(malformed.complaint());
        }
        return item.toString();
    }

    /// Reads an item as a whole number; space around it is allowed.
    ///
    /// @param item the item
    /// @return the number
    /// @throws UnreadableLineException if the line is no such number
    public static Long asLong(Object item) throws UnreadableLineException {
        if (item instanceof Long number) {
            return number;
        }
        var line = asString(item);
        try {
            return Long.valueOf(line.strip());
        } catch (NumberFormatException e) {
            throw new UnreadableLineException("not a long");
        }
    }

    /// Reads an item as a floating-point number; space around it is allowed.
    ///
    /// @param item the item
    /// @return the number
    /// @throws UnreadableLineException if the line is no such number
    public static Double asDouble(Object item) throws UnreadableLineException {
        if (item instanceof Long number) {
            return number.doubleValue();
        }
        var line = asString(item);
        try {
            return Double.valueOf(line.strip());
        } catch (NumberFormatException e) {
            throw new UnreadableLineException("not a double");
        }
    }
}
