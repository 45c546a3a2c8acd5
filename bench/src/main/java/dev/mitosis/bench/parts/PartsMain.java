package dev.mitosis.bench.parts;

import dev.mitosis.bench.common.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Measures parts of the hot path by JMH; `bench/parts` starts it.
///
/// JMH's own defaults would take hours; these take less than two minutes.
public final class PartsMain {
    private static final String JSON = "--json";
    private static final TimeValue ITERATION = TimeValue.milliseconds(500);

    private PartsMain() {}

    /// Runs it; ends this program with status 2 if the options cannot be read.
    ///
    /// @param args the options, see `bench/parts --help`
    /// @throws IOException if the figures cannot be written
    /// @throws RunnerException if a benchmark fails
    public static void main(String... args) throws IOException, RunnerException {
        try {
            var others = new ArrayList<>(List.of(args));
            var json = takeFile(others);
            tell(measure(others), json);
        } catch (CommandLineOptionException e) {
            System.err.println("not understood: " + e.getMessage() + " (--help tells the options)");
            System.exit(2);
        }
    }

    private static void tell(List<Measured> parts, String json) throws IOException {
        if (parts.isEmpty()) {
            return; // they were only listed
        }
        System.out.println(Measured.table(parts));
        Json.write(json, Map.of("parts", parts.stream().map(Measured::facts).toList()));
    }

    /// Runs JMH.
    ///
    /// @param args its options
    /// @return what it has measured
    static List<Measured> measure(List<String> args)
            throws RunnerException, CommandLineOptionException {
        var given = new CommandLineOptions(args.toArray(String[]::new));
        var runner = new Runner(withDefaults(given));
        if (given.shouldList()) {
            runner.list();
            return List.of();
        }
        return Measured.of(runner.run());
    }

    private static String takeFile(List<String> args) throws CommandLineOptionException {
        int at = args.indexOf(JSON);
        if (at < 0) {
            return "";
        }
        if (at + 1 == args.size()) {
            throw new CommandLineOptionException(JSON + " needs a file");
        }
        args.remove(at);
        return args.remove(at);
    }

    private static Options withDefaults(CommandLineOptions given) {
        return new OptionsBuilder()
                .parent(given)
                .forks(given.getForkCount().orElse(1))
                .warmupIterations(given.getWarmupIterations().orElse(3))
                .warmupTime(given.getWarmupTime().orElse(ITERATION))
                .measurementIterations(given.getMeasurementIterations().orElse(5))
                .measurementTime(given.getMeasurementTime().orElse(ITERATION))
                .verbosity(given.verbosity().orElse(verbosity(given)))
                .shouldFailOnError(given.shouldFailOnError().orElse(true))
                .build();
    }

    /// Its words would hide the table; what it lists are words, too.
    private static VerboseMode verbosity(CommandLineOptions given) {
        return given.shouldList() ? VerboseMode.NORMAL : VerboseMode.SILENT;
    }
}
