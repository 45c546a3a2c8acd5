package dev.mitosis.bench.scale;

import dev.mitosis.bench.common.Json;
import dev.mitosis.bench.common.Options;
import dev.mitosis.bench.common.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Simulates a call over 100 billion numbers on 10 and on 100 nodes; `bench/scale` starts it.
public final class ScaleMain {
    private static final long ITEMS = 100_000_000_000L;
    private static final int[] NODES = {10, 100};
    private static final double[] ITEM_NANOS = {10, 1e3, 100e3};
    private static final List<String> ITEM_WORDS = List.of("10 ns", "1 us", "100 us");
    private static final double CHUNK_NANOS = 20e9; // what a chosen chunk is to run
    private static final int MOST_CHUNK = 1_000_000; // more results are too much for one frame
    private static final int MOST_FOLDED = 1_000_000_000;

    private final double read;
    private final int slots;
    private final Table table = new Table("engine", "verb", "chunks of", "an item runs",
            "10 nodes", "slots", "limit", "held", "100 nodes", "slots", "limit", "held");
    private final List<Map<String, Object>> rows = new ArrayList<>();

    private ScaleMain(double read, int slots) {
        this.read = read;
        this.slots = slots;
    }

    /// Runs it.
    ///
    /// @param args the options, see `bench/scale --help`
    /// @throws IOException if parameters cannot be read or figures not be written
    public static void main(String... args) throws IOException {
        var options = Options.parse(Map.of("parameters", "", "haul", "", "json", ""), args);
        var parameters = new Properties();
        try (var in = Files.newBufferedReader(Path.of(options.text("parameters")))) {
            parameters.load(in);
        }
        var haul = Path.of(options.text("haul"));
        double read = nanosOfAnItem(Files.readString(haul));
        var scale = new ScaleMain(read, (int) Engine.number(parameters, "slots"));
        System.out.printf(Locale.ROOT, "%d items; %d slots a node; to read a result takes the"
                + " caller %.2f ns (%s)%n", ITEMS, scale.slots, read, haul.getFileName());
        for (var name : parameters.getProperty("engines").split(",", -1)) {
            scale.add(Engine.of(name, parameters), parameters.getProperty(name + ".from"));
        }
        System.out.println(scale.table);
        Json.write(options.text("json"), Map.of("items", ITEMS, "read_ns", read, "read_from",
                haul.getFileName().toString(), "parameters", named(parameters),
                "scale", scale.rows));
    }

    /// {@return what an item took in `bench/haul`, all of which is counted as the caller's}
    static double nanosOfAnItem(String haul) {
        return number(haul, "seconds") * 1e9 / number(haul, "items");
    }

    private static double number(String json, String name) {
        var found = Pattern.compile('"' + name + "\": ([\\d.e+]+)").matcher(json);
        if (!found.find()) {
            throw new IllegalArgumentException("no " + name + " in " + json);
        }
        return Double.parseDouble(found.group(1));
    }

    private static Map<String, String> named(Properties parameters) {
        var named = new TreeMap<String, String>();
        for (var name : parameters.stringPropertyNames()) {
            named.put(name, parameters.getProperty(name));
        }
        return named;
    }

    private void add(Engine engine, String from) {
        System.out.printf(Locale.ROOT, "%s: a lease of %.0f ms; a frame takes %.1f ms of the"
                + " driver and %.1f of its slot; %.0f MB/s come back (%s)%n", engine.name(),
                engine.lease() / 1e6, engine.frame() / 1e6, engine.slot() / 1e6,
                engine.bandwidth() * 1e3, from);
        for (boolean fold : new boolean[] {false, true}) {
            for (boolean chosen : new boolean[] {false, true}) {
                for (int i = 0; i < ITEM_NANOS.length; i++) {
                    double nanos = ITEM_NANOS[i];
                    int most = fold ? MOST_FOLDED : MOST_CHUNK;
                    int chunk = chosen ? (int) Math.min(most, CHUNK_NANOS / nanos) : 0;
                    add(engine, new Load(ITEMS, nanos, chunk, fold), ITEM_WORDS.get(i));
                }
            }
        }
    }

    private void add(Engine engine, Load load, String words) {
        var cells = new ArrayList<>(List.of(engine.name(),
                load.fold() ? "mapReduceLong" : "imapToLong",
                load.chunk() == 0 ? "" : Integer.toString(load.chunk()), words));
        for (int nodes : NODES) {
            var estimate = new Simulation(engine, load, nodes * slots, read).run();
            cells.addAll(List.of(hours(estimate.hours()),
                    String.format(Locale.ROOT, "%.0f%%", 100 * estimate.slots()),
                    estimate.limit(), mebibytes(estimate.heldMib())));
            rows.add(row(engine, load, nodes, estimate));
        }
        table.add(cells.toArray(String[]::new));
    }

    private static String hours(double hours) {
        return hours < 1 ? String.format(Locale.ROOT, "%.1f min", 60 * hours)
                : hours < 48 ? String.format(Locale.ROOT, "%.1f h", hours)
                : String.format(Locale.ROOT, "%.1f days", hours / 24);
    }

    private static String mebibytes(double held) {
        return String.format(Locale.ROOT, "%.0f MiB", held);
    }

    private static Map<String, Object> row(
            Engine engine, Load load, int nodes, Estimate estimate) {
        var row = new LinkedHashMap<String, Object>();
        row.put("engine", engine.name());
        row.put("fold", load.fold());
        row.put("chunk", load.chunk());
        row.put("item_ns", load.nanos());
        row.put("nodes", nodes);
        row.put("hours", estimate.hours());
        row.put("slots_busy", estimate.slots());
        row.put("frames_busy", estimate.frames());
        row.put("bytes_busy", estimate.bytes());
        row.put("reading_busy", estimate.reading());
        row.put("held_mib", estimate.heldMib());
        row.put("limit", estimate.limit());
        return row;
    }
}
