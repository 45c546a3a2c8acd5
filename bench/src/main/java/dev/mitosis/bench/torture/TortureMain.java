package dev.mitosis.bench.torture;

import dev.mitosis.bench.common.Json;
import dev.mitosis.bench.common.Options;
import dev.mitosis.bench.common.Table;
import java.io.IOException;
import java.util.Map;

/// Runs the torture and says what happened how often; `bench/torture` starts it.
public final class TortureMain {
    private TortureMain() {}

    /// Runs it; ends with status 1 if anything is wrong.
    ///
    /// @param args the options, see `bench/torture --help`
    /// @throws IOException if the figures cannot be written
    /// @throws InterruptedException never
    public static void main(String... args) throws IOException, InterruptedException {
        var options = Options.parse(Map.of("seconds", "600", "seed", Options.anySeed(),
                "threads", "16", "workers", "2", "quiet-for", "60", "json", ""), args);
        var measure = new Torture.Measure(options.number("seed"), options.number("seconds"),
                options.count("threads"), options.count("workers"), options.number("quiet-for"));
        System.out.println("Torture: " + measure);

        var torture = new Torture(measure);
        torture.run();

        var table = new Table("what happened", "how often");
        torture.tally().forEach((what, count) -> table.add(what, count.toString()));
        System.out.println(table);
        torture.findings().forEach(what -> System.out.println("WRONG: " + what));
        System.out.println(torture.findings().isEmpty() ? "Nothing is wrong."
                : "The seed was " + measure.seed());
        Json.write(options.text("json"), Map.of(
                "seed", measure.seed(), "seconds", measure.seconds(),
                "counts", torture.tally(), "wrong", torture.findings()));
        // Whatever hangs must not keep this program from ending.
        Runtime.getRuntime().halt(torture.findings().isEmpty() ? 0 : 1);
    }
}
