package dev.mitosis.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints a script that completes this command's words in bash and zsh.
@Command(
        name = "completion",
        description = "Prints a completion script for bash and zsh.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(mitosis completion)               in this shell (zsh: after compinit)",
            "  mitosis completion > ~/.mitosis-completion  to be sourced from ~/.bashrc"
        })
final class CompletionCommand implements Runnable {
    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        var command = Objects.requireNonNull(spec);
        command.commandLine().getOut().print(
                AutoComplete.bash("mitosis", command.root().commandLine()));
        command.commandLine().getOut().flush();
    }
}
