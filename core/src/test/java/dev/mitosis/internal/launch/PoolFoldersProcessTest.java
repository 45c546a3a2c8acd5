package dev.mitosis.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class PoolFoldersProcessTest {
    @TempDir Path shared;
    @TempDir Path temp;

    private Machine machine(long free) {
        return new Machine(2, 1L << 34, null, new Machine.SharedMemory(shared, free, free, true), temp, false);
    }

    private PoolFolders open() throws IOException {
        return PoolFolders.open(machine(1L << 30));
    }

    private static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /// The other process: owns two folders until it is killed.
    static final class Owner {
        private Owner() {}

        public static void main(String[] args) throws Exception {
            var machine = new Machine(2, 1L << 34, null,
                    new Machine.SharedMemory(Path.of(args[0]), 1L << 30, 1L << 30, true), Path.of(args[1]), false);
            var folders = PoolFolders.open(machine);
            Files.writeString(folders.memory().resolve("ring"), "bytes");
            Files.writeString(Files.createDirectory(folders.temp().resolve("worker0")).resolve("arguments"), "-Da");
            System.out.println(folders.memory());
            System.out.println(folders.temp());
            System.in.read();
            folders.close();
        }
    }

    private Process owner() throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Owner.class.getName(), shared.toString(), temp.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static List<Path> foldersOf(Process owner) throws IOException {
        var folders = new ArrayList<Path>();
        folders.add(Path.of(owner.inputReader().readLine()));
        folders.add(Path.of(owner.inputReader().readLine()));
        return folders;
    }

    @Test
    void folders_are_private_and_gone_after_close() throws Exception {
        try (var folders = open()) {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folders.memory())));
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folders.temp())));
            assertTrue(folders.memory().getFileName().toString().startsWith(
                    "mitosis-" + ProcessHandle.current().pid() + "-"));
        }
        assertEquals(List.of(), in(shared));
        assertEquals(List.of(), in(temp));
    }

    @Test
    void a_killed_owners_folders_are_swept_and_a_living_ones_are_not() throws Exception {
        var living = owner();
        var killed = owner();
        try {
            var kept = foldersOf(living);
            var left = foldersOf(killed);
            killed.destroyForcibly().waitFor();
            assertEquals(List.of(left.getFirst()), PoolFolders.sweep(shared));
            assertEquals(List.of(left.getLast()), PoolFolders.sweep(temp));
            left.forEach(folder -> assertFalse(Files.exists(folder)));
            kept.forEach(folder -> assertTrue(Files.exists(folder)));

            living.getOutputStream().close();
            assertEquals(0, living.waitFor());
            kept.forEach(folder -> assertFalse(Files.exists(folder)));
        } finally {
            living.destroyForcibly();
            killed.destroyForcibly();
        }
    }

    @Test
    void our_own_folders_are_never_opened_so_their_locks_hold() throws Exception {
        try (var folders = open()) {
            assertEquals(List.of(), PoolFolders.sweep(shared));
            // had the sweep opened and closed the lock file, the other process would get the lock
            var other = owner();
            try {
                foldersOf(other);
                assertTrue(Files.exists(folders.memory()) && Files.exists(folders.temp()));
            } finally {
                other.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void the_report_of_a_crash_outlives_the_pool_and_every_sweep() throws Exception {
        Path report;
        try (var folders = open()) {
            Files.writeString(folders.temp().resolve("arguments"), "-Da");
            report = Files.writeString(folders.temp().resolve("hs_err_1.log"), "SIGSEGV");
            Files.writeString(Files.createDirectory(folders.temp().resolve("tmp")).resolve("hs_err_2.log"), "other");
        }
        assertEquals(List.of(report), in(report.getParent()));
        assertEquals(List.of(), PoolFolders.sweep(temp));
        assertTrue(Files.exists(report));
    }

    @Test
    void a_link_and_what_it_leads_to_are_left_alone() throws Exception {
        var precious = Files.createDirectory(temp.resolve("precious"));
        Files.writeString(precious.resolve("lock"), "");
        Files.setPosixFilePermissions(precious, PosixFilePermissions.fromString("rwx------"));
        Files.createSymbolicLink(temp.resolve("mitosis-1-x-y"), precious);
        assertEquals(List.of(), PoolFolders.sweep(temp));

        try (var folders = open()) {
            Files.createSymbolicLink(folders.temp().resolve("inside"), precious);
        }
        assertTrue(Files.exists(precious.resolve("lock")));
    }

    @Test
    void a_folder_that_others_may_enter_or_without_a_lock_is_left_alone() throws Exception {
        for (var name : List.of("mitosis-1-open", "mitosis-1-unlocked")) {
            var folder = Files.createDirectory(temp.resolve(name));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(
                    name.endsWith("open") ? "rwxr-xr-x" : "rwx------"));
        }
        Files.writeString(temp.resolve("mitosis-1-open/lock"), "");
        assertEquals(List.of(), PoolFolders.sweep(temp));
    }

    private Path hidden(String name, Instant since) throws IOException {
        var folder = Files.createDirectory(temp.resolve(name));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Files.createFile(folder.resolve("lock"));
        return Files.setLastModifiedTime(folder, FileTime.from(since));
    }

    @Test
    void a_folder_whose_owner_was_killed_before_it_was_whole_is_swept_after_an_hour() throws Exception {
        var now = Instant.now();
        var fresh = hidden(".mitosis-1-a-1", now.minus(Duration.ofMinutes(59)));
        var left = hidden(".mitosis-1-a-2", now.minus(Duration.ofMinutes(61)));
        var another = hidden(".mitosis-notes", now.minus(Duration.ofMinutes(61)));
        assertEquals(List.of(left), PoolFolders.sweep(temp));
        assertEquals(Set.of(fresh, another), Set.copyOf(in(temp)));
    }

    @Test
    void f27_little_shared_memory_is_not_used() throws Exception {
        try (var folders = PoolFolders.open(machine(1 << 20))) {
            assertEquals(temp, folders.memory().getParent());
        }
    }

    @Test
    void many_may_sweep_at_once() throws Exception {
        var killed = owner();
        foldersOf(killed);
        killed.destroyForcibly().waitFor();
        try (var sweepers = Executors.newFixedThreadPool(4)) {
            Callable<List<Path>> sweep = () -> PoolFolders.sweep(temp);
            var swept = sweepers.invokeAll(Collections.nCopies(8, sweep));
            for (var one : swept) {
                assertTrue(one.get().size() <= 1);
            }
        }
        assertEquals(List.of(), in(temp));
    }
}
