package dev.mitosis.cluster.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The processes of a cluster that runs in a folder, and the hosts of pools beside its executors.
///
/// @param folder where its class path is
record ClusterProcesses(Path folder) {
    /// What a process does.
    enum Role {
        /// A pool's host on a node: a child of the executor.
        HOST,
        /// Runs tasks.
        EXECUTOR,
        /// Starts executors.
        WORKER;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// {@return those that live}
    List<ProcessHandle> of(Role role) {
        return switch (role) {
            case WORKER -> running("org.apache.spark.deploy.worker.Worker");
            case EXECUTOR -> running(
                    "org.apache.spark.executor.CoarseGrainedExecutorBackend");
            case HOST -> of(Role.EXECUTOR).stream().flatMap(ProcessHandle::children)
                    .filter(child -> commandLine(child.pid()).contains("mitosis.node-")).toList();
        };
    }

    private List<ProcessHandle> running(String main) {
        return ProcessHandle.allProcesses()
                .filter(process -> isOurs(commandLine(process.pid()), main)).toList();
    }

    private boolean isOurs(String commandLine, String main) {
        return commandLine.contains(folder + "/") && commandLine.contains("\0" + main + "\0");
    }

    private static String commandLine(long pid) {
        try {
            var file = Path.of("/proc", Long.toString(pid), "cmdline");
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it has ended
        }
    }
}
