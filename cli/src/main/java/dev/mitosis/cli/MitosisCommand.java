package dev.mitosis.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command that holds the others.
@Command(
        name = "mitosis",
        description = "Runs Java functions in a pool of worker processes.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {MapCommand.class, DoctorCommand.class, CompletionCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  mitosis map 'n -> n * n' --range 0:10",
            "  seq 100 | mitosis map --type long 'n -> Long.toHexString(n)'",
            "  mitosis doctor",
            "  source <(mitosis completion)",
            "",
            "`mitosis map --help` shows more."
        })
final class MitosisCommand implements Runnable {
    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "say what to do: map, doctor or completion.");
    }
}
