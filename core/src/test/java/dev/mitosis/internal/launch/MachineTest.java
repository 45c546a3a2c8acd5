package dev.mitosis.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
    private static final long MIB = 1L << 20;

    @TempDir Path root;

    private void file(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }

    private void version2(String mountOf, String group) throws IOException {
        file("proc/meminfo", "MemTotal:       16777216 kB\nMemFree: 1 kB");
        file("proc/self/cgroup", "0::" + group);
        file("proc/self/mountinfo", "30 23 0:26 " + mountOf
                + " /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate");
        Files.createDirectories(root.resolve("sys/fs/cgroup"));
    }

    @Test
    void a_limit_of_version_2_is_found() throws IOException {
        version2("/", "/user.slice/app");
        file("sys/fs/cgroup/user.slice/app/memory.max", "" + 2048 * MIB);
        var machine = Machine.at(root);
        assertEquals(2048 * MIB, machine.memoryLimit());
        assertEquals(root.resolve("sys/fs/cgroup/user.slice/app/memory.current"), machine.cgroup().current());
        assertEquals(root.resolve("sys/fs/cgroup/user.slice/app/memory.events"), machine.cgroup().events());
    }

    @Test
    void the_lowest_limit_of_all_groups_around_holds() throws IOException {
        version2("/", "/a/b/c");
        file("sys/fs/cgroup/a/memory.max", "" + 1024 * MIB);
        file("sys/fs/cgroup/a/b/memory.max", "max");
        file("sys/fs/cgroup/a/b/c/memory.max", "" + 4096 * MIB);
        assertEquals(1024 * MIB, Machine.at(root).memoryLimit());
    }

    @Test
    void no_limit_means_all_of_the_memory() throws IOException {
        version2("/", "/app");
        file("sys/fs/cgroup/app/memory.max", "max");
        assertEquals(16384 * MIB, Machine.at(root).memoryLimit());
    }

    @Test
    void a_container_that_knows_only_its_name_outside_finds_its_limit() throws IOException {
        version2("/docker/abc", "/docker/abc");
        file("sys/fs/cgroup/memory.max", "" + 512 * MIB);
        assertEquals(512 * MIB, Machine.at(root).memoryLimit());

        version2("/", "/docker/abc");
        assertEquals(512 * MIB, Machine.at(root).memoryLimit());
    }

    @Test
    void a_limit_of_version_1_is_found() throws IOException {
        file("proc/meminfo", "MemTotal:       16777216 kB");
        file("proc/self/cgroup", "9:name=systemd:/\n4:memory:/app\n0::/");
        file("proc/self/mountinfo", "31 30 0:27 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n"
                + "32 30 0:28 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
        file("sys/fs/cgroup/memory/app/memory.limit_in_bytes", "" + 300 * MIB);
        var machine = Machine.at(root);
        assertEquals(300 * MIB, machine.memoryLimit());
        assertEquals(1, machine.cgroup().version());
        assertEquals(root.resolve("sys/fs/cgroup/memory/app/memory.usage_in_bytes"), machine.cgroup().current());
    }

    @Test
    void an_enormous_limit_of_version_1_is_none() throws IOException {
        file("proc/meminfo", "MemTotal:       16777216 kB");
        file("proc/self/cgroup", "4:memory:/");
        file("proc/self/mountinfo", "32 30 0:28 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
        assertEquals(Long.MAX_VALUE, Machine.at(root).cgroup().limit());
    }

    @Test
    void where_nothing_is_told_something_sensible_comes_out() {
        var machine = Machine.at(root);
        assertNull(machine.cgroup());
        assertTrue(machine.memoryLimit() > 0);
        assertEquals(0, machine.shared().size());
    }

    private static Machine with(int processors, long mib) {
        return new Machine(processors, mib * MIB, null, new Machine.SharedMemory(Path.of("/dev/shm"), 0, 0, false),
                Path.of("/tmp"), false);
    }

    @Test
    void workers_and_this_jvm_share_three_quarters_of_the_memory() {
        assertEquals(3072 * MIB, with(4, 12288).heapSlice(0, 2));
        assertEquals(64 * MIB, with(4, 256).heapSlice(0, 100));
        assertEquals(31 * 1024 * MIB, with(4, 1 << 20).heapSlice(0, 1));
    }

    @Test
    void there_are_as_many_workers_as_processors_and_memory_carry() {
        assertEquals(8, with(8, 16384).defaultWorkers());
        assertEquals(3, with(8, 1024).defaultWorkers());
        assertEquals(1, with(8, 128).defaultWorkers());
    }

    @Test
    void this_machine_describes_itself() {
        var text = Machine.here().describe();
        assertTrue(text.contains("processors   " + Runtime.getRuntime().availableProcessors()), text);
        assertTrue(text.contains("JDK          " + Runtime.version()), text);
    }
}
