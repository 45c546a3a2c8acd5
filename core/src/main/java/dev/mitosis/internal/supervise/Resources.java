package dev.mitosis.internal.supervise;

import dev.mitosis.PoolConfig;
import dev.mitosis.internal.launch.HeapShare;
import dev.mitosis.internal.launch.JvmLauncher;
import dev.mitosis.internal.launch.Machine;
import dev.mitosis.internal.launch.PoolFolders;
import dev.mitosis.internal.launch.ShareFolder;
import dev.mitosis.internal.link.Control;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// What the processes of one pool are started with: folders, socket, launcher, cookie.
final class Resources implements AutoCloseable {
    private final PoolFolders folders;
    private final LinkServer server;
    private final JvmLauncher launcher;
    private final HeapShare share;
    private final Reserve reserve = new Reserve();
    private final String cookie = ProcessHandle.current().pid() + "-"
            + Long.toHexString(ThreadLocalRandom.current().nextLong());

    private Resources(
            PoolFolders folders, LinkServer server, JvmLauncher launcher, HeapShare share) {
        this.folders = folders;
        this.server = server;
        this.launcher = launcher;
        this.share = share;
    }

    static Resources open(
            Machine machine, PoolConfig config, int workers, @Nullable ClassLoader loader)
            throws IOException {
        var share = HeapShare.take(machine, config.heap(), workers);
        return open(machine, share, config, loader, JvmLauncher.WORKER);
    }

    /// What a process of one function is started with: its heap is that of a worker by default.
    static Resources ofChild(Machine machine, PoolConfig config, @Nullable ClassLoader loader)
            throws IOException {
        long heap = config.heap() > 0
                ? config.heap() : machine.heapSlice(0, machine.defaultWorkers());
        var share = HeapShare.take(machine, heap, 1);
        return open(machine, share, config, loader, JvmLauncher.CHILD);
    }

    private static Resources open(Machine machine, HeapShare share, PoolConfig config,
            @Nullable ClassLoader loader, String main) throws IOException {
        try {
            var launcher = JvmLauncher.of(config, share.heap(), loader, main);
            var folders = PoolFolders.open(machine);
            try {
                var server = new LinkServer(folders.memory().resolve("socket"));
                return new Resources(folders, server, launcher, share);
            } catch (IOException | RuntimeException | Error e) { // such as no more threads
                folders.close();
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) {
            share.close();
            throw e;
        }
    }

    /// {@return the maximum heap of a worker, as text}
    String heap() {
        return (share.heap() >> 20) + "m";
    }

    /// Returns whether class files have changed since the workers were started, or since this was
    /// asked last. Costs a look at each entry of the class path.
    boolean classesHaveChanged() {
        return launcher.notesChange();
    }

    Reserve reserve() {
        return reserve;
    }

    LinkServer server() {
        return server;
    }

    String cookie() {
        return cookie;
    }

    Path temp() {
        return folders.temp();
    }

    Path memoryFile(LinkServer.Start start) {
        return folders.memory().resolve("link-" + start.seat() + "-" + start.start());
    }

    Process launch(LinkServer.Start start) throws IOException {
        return launcher.start(start.seat(), folders.temp(), environment(start));
    }

    private Map<String, String> environment(LinkServer.Start start) {
        var all = new HashMap<String, String>();
        all.put(Control.SOCKET, server.path().toString());
        all.put(Control.MEMORY, memoryFile(start).toString());
        all.put(Control.TOKEN, server.token());
        all.put(Control.SEAT, Integer.toString(start.seat()));
        all.put(Control.START, Integer.toString(start.start()));
        all.put(Control.COOKIE, cookie);
        all.put(Control.DEPTH, Integer.toString(Nesting.depth() + 1));
        return all;
    }

    @Override
    public void close() {
        try (share; folders; launcher; reserve) {
            server.close();
            ShareFolder.sweep(); // what workers owned
        } catch (IOException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING,
                    "the folders of a pool could not be deleted", e);
        }
    }
}
