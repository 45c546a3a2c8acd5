package dev.mitosis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the command says without starting a worker.
class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void without_a_command_it_says_which_there_are() {
        assertEquals(2, run());
        assertEquals("mitosis: say what to do: map, doctor or completion.\nTry 'mitosis --help'.\n", err());
    }

    @Test
    void map_needs_an_expression_or_a_method() {
        assertEquals(2, run("map"));
        assertEquals("mitosis: give either an EXPRESSION or --fn.\nTry 'mitosis map --help'.\n", err());
    }

    @Test
    void map_takes_no_expression_beside_a_method() {
        assertEquals(2, run("map", "n -> n", "--fn", "String::length"));
        assertEquals("mitosis: give either an EXPRESSION or --fn.\nTry 'mitosis map --help'.\n", err());
    }

    @Test
    void an_unknown_option_is_named() {
        assertEquals(2, run("map", "n -> n", "--bogus"));
        assertEquals("mitosis: Unknown option: '--bogus'\nTry 'mitosis map --help'.\n", err());
    }

    @Test
    void an_unknown_type_is_told_with_those_that_exist() {
        assertEquals(2, run("map", "n -> n", "--type", "int"));
        assertEquals("mitosis: Invalid value for option '--type': expected one of [STRING, LONG, DOUBLE, JSON]"
                + " (case-insensitive) but was 'int'\nTry 'mitosis map --help'.\n", err());
    }

    @Test
    void a_range_and_a_file_exclude_each_other() {
        assertEquals(2, run("map", "n -> n", "--range", "0:3", "--input", "x"));
        assertTrue(err().contains("mutually exclusive"), err());
    }

    @Test
    void a_bad_range_is_refused() {
        assertEquals(2, run("map", "n -> n", "--range", "3"));
        assertEquals("mitosis: Invalid value for option '--range': '3' is not a range such as 0:100"
                + " (from 0 up to 99)\nTry 'mitosis map --help'.\n", err());
    }

    @Test
    void a_file_that_cannot_be_read_is_named(@TempDir Path folder) {
        var missing = folder.resolve("missing").toString();
        assertEquals(2, run("map", "s -> s", "--input", missing));
        assertEquals("mitosis: cannot read " + missing + " (No such file or directory)\n", err());
        assertEquals(2, run("map", "s -> s", "--input", folder.toString()));
        assertTrue(err().endsWith("mitosis: cannot read " + folder + " (Is a directory)\n"), err());
    }

    @Test
    void a_class_path_entry_that_does_not_exist_is_named() {
        assertEquals(2, run("map", "s -> s", "--class-path", "/no/such.jar"));
        assertEquals("mitosis: there is no /no/such.jar to put on the class path.\n", err());
    }

    @Test
    void a_class_path_may_name_all_jars_of_a_folder(@TempDir Path folder) throws Exception {
        var one = Files.createFile(folder.resolve("one.jar"));
        var two = Files.createFile(folder.resolve("two.jar"));
        Files.createFile(folder.resolve("notes.txt"));
        assertEquals(List.of(folder, one, two), ClassPath.of(List.of(folder + ":" + folder + "/*")));
    }

    @Test
    void help_teaches_by_example() {
        assertEquals(0, run("map", "--help"));
        assertTrue(out.toString().contains("mitosis map 'n -> n * n' --range 0:100000000000 | head -5"));
        assertTrue(out.toString().contains("Exit status: 0"));
    }

    @Test
    void help_fits_a_terminal() {
        run("--help");
        run("map", "--help");
        run("doctor", "--help");
        run("completion", "--help");
        out.toString().lines().forEach(line -> assertTrue(line.length() <= 80, line));
        assertTrue(out.toString().lines().noneMatch(line -> line.equals("'")), out.toString());
    }

    @Test
    void the_version_names_the_java_it_runs_on() {
        assertEquals(0, run("--version"));
        assertTrue(out.toString().contains("(Java " + Runtime.version() + ")"), out.toString());
    }

    @Test
    void completion_knows_commands_options_and_values() {
        assertEquals(0, run("completion"));
        for (var word : new String[] {"map", "doctor", "--unordered", "string", "json", "complete", "--cluster"}) {
            assertTrue(out.toString().contains(word), word);
        }
    }

    @Test
    void what_is_said_of_a_cluster_needs_one() {
        for (var option : List.of("--insecure-cluster", "--cluster-java-home=/jdk", "--spark-conf=spark.cores.max=1")) {
            assertEquals(2, run("map", "n -> n", "--range", "0:3", option));
            assertEquals("mitosis: Error: Missing required argument(s): --cluster=URL\nTry 'mitosis map --help'.\n",
                    err());
            err.getBuffer().setLength(0);
        }
    }

    @Test
    void a_setting_of_spark_has_a_name_and_a_value() {
        assertEquals(2, run("map", "n -> n", "--cluster", "spark://h:1", "--spark-conf", "spark.cores.max"));
        assertTrue(err().contains("should be in KEY=VALUE format but was spark.cores.max"), err());
    }

    @Test
    void the_master_is_said_once() {
        assertEquals(2, run("map", "n -> n", "--range", "0:3", "--cluster", "spark://h:1",
                "--spark-conf", "spark.master=spark://other:1"));
        assertEquals("mitosis: the master is what --cluster names, not --spark-conf.\n", err());
    }

    @Test
    void without_the_launcher_nothing_speaks_to_clusters() {
        assertEquals(2, run("map", "n -> n", "--range", "0:3", "--cluster", "spark://h:1"));
        assertEquals("mitosis: nothing on the class path speaks to clusters: the launcher ./mitosis adds it, and the"
                + " jars of SPARK_HOME.\n", err());
    }

    @Test
    void advice_to_programmers_is_told_as_options() {
        assertEquals("say --insecure-cluster, or leave out --cluster",
                Complaint.inOptions("say withInsecureCluster(true), or say Backend.processes()"));
    }

    private int run(String... args) {
        return Main.commandLine()
                .setUsageHelpAutoWidth(false)
                .setColorScheme(picocli.CommandLine.Help.defaultColorScheme(picocli.CommandLine.Help.Ansi.OFF))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private String err() {
        return err.toString().replace(System.lineSeparator(), "\n");
    }
}
