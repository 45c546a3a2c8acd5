package dev.mitosis.cli;

import dev.mitosis.PoolException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParseResult;

/// Something that keeps the command from doing its work, told in one sentence and without a stack.
public final class Complaint extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Makes one.
    ///
    /// @param message what is wrong, and what to do
    public Complaint(@Nullable String message) {
        super(message);
    }

    /// Prints what is wrong with a command line, and where help is: not all of the help itself.
    static int print(CommandLine.ParameterException misuse, String[] arguments) {
        var command = misuse.getCommandLine();
        command.getErr().println("mitosis: " + misuse.getMessage());
        command.getErr().println(
                "Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        command.getErr().flush();
        return ExitCode.USAGE;
    }

    /// Prints why a command could not do its work; an error of ours keeps its stack.
    static int print(Exception exception, CommandLine command, ParseResult parsed) {
        if (Ending.hasBegun()) {
            return ExitCode.USAGE;
        }

        var err = command.getErr();
        if (exception instanceof Complaint || exception instanceof PoolException) {
            err.println("mitosis: " + inOptions(String.valueOf(exception.getMessage())));
        } else {
            exception.printStackTrace(err);
        }
        err.flush();
        return ExitCode.USAGE;
    }

    /// {@return what the library advises its callers, for those who have options instead}
    static String inOptions(String text) {
        return text.replace("withInsecureCluster(true)", "--insecure-cluster")
                .replace("withNodeJavaHome", "--cluster-java-home")
                .replace("say Backend.processes()", "leave out --cluster");
    }
}
