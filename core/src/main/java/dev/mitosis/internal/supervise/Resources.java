package dev.mitosis.internal.supervise;

import dev.mitosis.internal.launch.JvmLauncher;
import dev.mitosis.internal.launch.Machine;
import dev.mitosis.internal.launch.PoolFolders;
import dev.mitosis.internal.link.Control;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// What the processes of one pool are started with: folders, socket, launcher, cookie.
final class Resources implements AutoCloseable {
    private final PoolFolders folders;
    private final LinkServer server;
    private final JvmLauncher launcher;
    private final String cookie = ProcessHandle.current().pid() + "-"
            + Long.toHexString(ThreadLocalRandom.current().nextLong());

    private Resources(PoolFolders folders, LinkServer server, JvmLauncher launcher) {
        this.folders = folders;
        this.server = server;
        this.launcher = launcher;
    }

    static Resources open(Machine machine, JvmLauncher launcher) throws IOException {
        var folders = PoolFolders.open(machine);
        try {
            return new Resources(
                    folders, new LinkServer(folders.memory().resolve("socket")), launcher);
        } catch (IOException e) {
            folders.close();
            throw e;
        }
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
        try (folders) {
            server.close();
        } catch (IOException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING,
                    "the folders of a pool could not be deleted", e);
        }
    }
}
