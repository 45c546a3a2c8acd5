package dev.mitosis.cli;

import dev.mitosis.Pool;
import dev.mitosis.internal.launch.Machine;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Says what a pool sees of this system, and what it makes of it.
@Command(
        name = "doctor",
        description = "Prints what the pool sees of this system, the defaults that it chooses, and"
                + " what is weaker here than elsewhere.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DoctorCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--warm", description = "Also build what workers start faster from, now.")
    private boolean warm;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        var machine = Machine.here();
        out.printf("%-12s %s%n", "mitosis", Version.number());
        out.print(machine.describe());
        var weaknesses = new Weaknesses(machine, System.getProperty("os.name")).list();
        for (var weakness : weaknesses) {
            out.printf("%-12s %s%n", "weaker here", weakness);
        }
        int status = 0;
        if (warm) {
            var cache = Pool.buildStartCache(c -> c);
            out.printf("%-12s %s%n", "start cache",
                    cache.isPresent() ? cache.get() : "none: it cannot be built here");
            status = cache.isPresent() ? 0 : 1;
        }
        out.flush();
        return status;
    }
}
