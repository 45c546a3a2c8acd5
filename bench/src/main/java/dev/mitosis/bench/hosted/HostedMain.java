package dev.mitosis.bench.hosted;

import dev.mitosis.bench.common.Json;
import dev.mitosis.bench.common.Options;
import dev.mitosis.bench.common.Table;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Measures locks, queues, counters and hosted objects beside those of Python; `bench/hosted`
/// starts it.
public final class HostedMain {
    private HostedMain() {}

    /// Runs it.
    ///
    /// @param args the options, see `bench/hosted --help`
    /// @throws IOException if somebody fails, comes to a wrong result, or figures cannot be written
    /// @throws InterruptedException if it is interrupted
    public static void main(String... args) throws IOException, InterruptedException {
        var options = Options.parse(Map.of("rounds", "3", "repetitions", "5", "workers", "2",
                "only", "", "json", ""), args);
        var python = Entrant.python();
        if (python.isEmpty()) {
            System.out.println("python3 is missing, and left out");
        }
        var all = entrants(options.text("only"), !python.isEmpty());
        for (int i = 1; i <= options.count("rounds"); i++) {
            System.err.println("round " + i + " of " + options.count("rounds"));
            for (var rates : all) {
                rates.add(rates.entrant().rates(
                        options.count("repetitions"), options.count("workers")));
            }
        }
        System.out.println(table(all));
        var verdicts = Target.ALL.stream().flatMap(target -> target.judge(all).stream()).toList();
        verdicts.forEach(System.out::println);

        var figures = new LinkedHashMap<String, Object>();
        figures.put("python", python);
        figures.put("workers", options.count("workers"));
        figures.put("hosted", all.stream().map(Rates::facts).toList());
        figures.put("targets", verdicts.stream().map(Target.Verdict::facts).toList());
        Json.write(options.text("json"), figures);
    }

    private static List<Rates> entrants(String only, boolean python) {
        var works = only.isEmpty() ? List.of(Work.values())
                : Arrays.stream(only.split(",", -1)).map(Work::of).toList();
        return Entrant.ALL.stream()
                .filter(entrant -> works.contains(entrant.work()))
                .filter(entrant -> python || !entrant.isPython())
                .map(Rates::new)
                .toList();
    }

    private static Table table(List<Rates> all) {
        var own = all.stream().filter(rates -> !rates.entrant().isPython())
                .collect(Collectors.toMap(rates -> rates.entrant().work(), Rates::median));
        var table = new Table("work", "peer", "first, /s", "last, /s", "least", "most",
                "ns each", "mitosis is times");
        for (var rates : all) {
            table.add(rates.row(own.getOrDefault(rates.entrant().work(), Double.NaN)));
        }
        return table;
    }
}
