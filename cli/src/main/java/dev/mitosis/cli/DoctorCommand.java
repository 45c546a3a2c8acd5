package dev.mitosis.cli;

import picocli.CommandLine.Command;

/// Says what a pool sees of this system, and what it makes of it.
@Command(
        name = "doctor",
        description = "Prints what the pool sees of this system, and the defaults it chooses.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Runnable {
    @Override
    public void run() {
        System.out.println("java  " + Runtime.version());
    }
}
