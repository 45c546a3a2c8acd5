package dev.mitosis.bench.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The charts of the documents say what the result says that they name.
///
/// Their bytes are not compared: positions depend on the fonts of where they were drawn, and a JDK
/// may have none.
class ChartsTest {
    private static final Path IMAGES = Path.of("..", "docs", "images");
    private static final Path RESULTS = Path.of("results");

    static List<Path> pictures() throws IOException {
        try (var files = Files.list(IMAGES)) {
            return files.filter(file -> file.toString().endsWith(".svg")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void a_chart_says_what_the_result_says_that_it_names(Path picture) throws Exception {
        var texts = texts(picture);
        var chart = Charts.of(Results.read(RESULTS.resolve(source(texts)))).stream()
                .filter(each -> each.file().equals(picture.getFileName().toString())).findFirst();

        assertTrue(chart.isPresent(), source(texts) + " has no figures for " + picture);
        for (var line : chart.get().texts()) {
            assertTrue(texts.contains(line), picture + " does not say: " + line);
        }
    }

    @Test
    void all_charts_are_of_one_result() throws Exception {
        var sources = new TreeSet<String>();
        for (var picture : pictures()) {
            sources.add(source(texts(picture)));
        }

        assertEquals(1, sources.size(), sources.toString());
    }

    @Test
    void workloads_and_peers_that_were_not_run_are_left_out() {
        var results = results("""
                "memory": {"mitosis": %s}, "each": {"loky": %s, "mp-fork": %s, "piscina": %s}
                """.formatted(figure("pss_mib", 28), figure("items_per_s", 6e3),
                figure("items_per_s", 25e3), figure("items_per_s", 60e3)));

        var charts = Charts.of(results);

        assertEquals(List.of("throughput.svg", "start.svg"),
                charts.stream().map(Chart::file).toList());
        assertEquals(List.of("each (one by one)"),
                charts.getFirst().panels().getFirst().rows().stream().map(Chart.Row::name).toList());
        assertTrue(charts.getFirst().texts().contains("mp-fork 25.0k"));
        assertEquals(1, charts.getLast().panels().size());
    }

    @ParameterizedTest
    @CsvSource({"0.207, 0.21", "4.128, 4.13", "9.996, 10.0", "99.96, 100", "999.6, 1.00k", "355000, 355k",
        "999600, 1.00M", "3.4e8, 340M", "1.5e9, 1.50G"})
    void numbers_have_three_digits(double value, String text) {
        assertEquals(text, Chart.brief(value));
    }

    private static Results results(String summary) {
        return new Results("made-up.json", JsonParser.parseString("""
                {"date": "2026-11-24", "commit": "1234567", "changed": false,
                 "machine": {"cpu": "any", "cores": 2}, "options": {"workers": 2, "rounds": 1},
                 "summary": {%s}}""".formatted(summary)).getAsJsonObject());
    }

    private static String figure(String name, double median) {
        return "{\"%s\": {\"tenth_rep\": {\"median\": %s}}}".formatted(name, median);
    }

    private static String source(List<String> texts) {
        var line = texts.stream().filter(text -> text.startsWith("From bench/results/")).findFirst();
        return line.orElseThrow().replaceAll("From bench/results/(.*\\.json): .*", "$1");
    }

    private static List<String> texts(Path picture) throws Exception {
        var factory = DocumentBuilderFactory.newNSInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        var found = factory.newDocumentBuilder().parse(picture.toFile()).getElementsByTagNameNS("*", "text");
        return Stream.iterate(0, i -> i < found.getLength(), i -> i + 1)
                .map(i -> found.item(i).getTextContent()).toList();
    }
}
