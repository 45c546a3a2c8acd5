package dev.mitosis.cli;

import picocli.CommandLine;

/// The command's entrance.
public final class Main {
    private Main() {}

    /// Runs the command and ends this process with its exit status.
    ///
    /// @param args the command line
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        return commandLine().execute(args);
    }

    static CommandLine commandLine() {
        // An argument that begins with @ is meant as it stands, not as the name of a file.
        return new CommandLine(new MitosisCommand())
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Complaint::print)
                .setExecutionExceptionHandler(Complaint::print);
    }
}
