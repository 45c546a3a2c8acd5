package dev.mitosis.cli;

import dev.mitosis.internal.launch.Machine;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Says what a pool sees of this system, and what it makes of it.
@Command(
        name = "doctor",
        description = "Prints what the pool sees of this system, the defaults that it chooses, and"
                + " what is weaker here than elsewhere.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DoctorCommand implements Runnable {
    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        var machine = Machine.here();
        out.printf("%-12s %s%n", "mitosis", Version.number());
        out.print(machine.describe());
        var weaknesses = new Weaknesses(machine, System.getProperty("os.name")).list();
        for (var weakness : weaknesses) {
            out.printf("%-12s %s%n", "weaker here", weakness);
        }
        out.flush();
    }
}
