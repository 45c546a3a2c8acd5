package dev.mitosis.bench.common;

import java.util.HashMap;
import java.util.Map;

/// The options of a command line, all of the form `--name value`.
///
/// @param values what was given, or else the defaults, by name
public record Options(Map<String, String> values) {
    /// Copies the map.
    public Options {
        values = Map.copyOf(values);
    }

    /// Reads a command line; ends this program with status 2 if it cannot be read.
    ///
    /// @param defaults the default of each option there is, by name; an empty one for none
    /// @param args the command line
    /// @return the options
    public static Options parse(Map<String, String> defaults, String... args) {
        var values = new HashMap<>(defaults);
        for (int i = 0; i < args.length; i += 2) {
            var name = args[i].startsWith("--") ? args[i].substring(2) : "";
            if (!values.containsKey(name) || i + 1 == args.length) {
                System.err.println("not understood: " + args[i] + " (--help tells the options)");
                System.exit(2);
            }
            values.put(name, args[i + 1]);
        }
        return new Options(values);
    }

    /// {@return a seed for those who give none}
    public static String anySeed() {
        return Long.toString(System.nanoTime() & 0xffff_ffffL);
    }

    /// Returns an option as text.
    ///
    /// @param name its name
    /// @return its value, maybe empty
    public String text(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no option " + name);
        }
        return value;
    }

    /// Returns an option as a number.
    ///
    /// @param name its name
    /// @return its value
    public long number(String name) {
        return Long.parseLong(text(name));
    }

    /// Returns an option as a small number.
    ///
    /// @param name its name
    /// @return its value
    public int count(String name) {
        return Math.toIntExact(number(name));
    }
}
