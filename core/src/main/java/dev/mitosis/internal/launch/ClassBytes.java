package dev.mitosis.internal.launch;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The bytes of classes that have no file a worker could open, as class loaders of this JVM give
/// them: JShell, the source launcher, nested jars.
///
/// A worker asks by the name of a resource and is not trusted: it gets no class of the JDK or of
/// this library, no listing of a folder and nothing larger than [#LARGEST].
///
/// **Ends.** Loaders are held weakly, so that a pool that lives long keeps no application from
/// being unloaded: whoever makes a call must hold its function until the call ends. Safe for use by
/// many threads.
public final class ClassBytes {
    /// How many bytes a class or resource may have.
    public static final int LARGEST = 64 << 20;

    private static final Pattern NOT_OURS_TO_GIVE = Pattern.compile(
            "|/.*|.*/|.*\\\\.*|(.*/)?\\.\\.(/.*)?|(java|jdk|sun)/.*|dev/mitosis/internal/.*",
            Pattern.DOTALL);

    /// One way to bytes; a class knows its module, which gives what its loader may not.
    private record Origin(WeakReference<ClassLoader> loader, WeakReference<Module> module) {
        boolean isGone() {
            return loader.refersTo(null);
        }

        boolean leadsTo(@Nullable ClassLoader other, @Nullable Module otherModule) {
            return loader.refersTo(other) && module.refersTo(otherModule);
        }
    }

    // written by callers' threads, read by the threads that serve workers
    private final List<Origin> origins = new CopyOnWriteArrayList<>();

    /// Adds the loader of a function's class and that class's module.
    ///
    /// @param type a class that travels to workers by name
    public void add(Class<?> type) {
        add(type.getClassLoader(), type.getModule().isNamed() ? type.getModule() : null);
    }

    /// Adds a loader, such as a thread's context class loader.
    ///
    /// @param loader the loader; null, which is the JDK's own, adds nothing
    public void add(@Nullable ClassLoader loader) {
        add(loader, null);
    }

    private void add(@Nullable ClassLoader loader, @Nullable Module module) {
        if (loader == null || isKnown(loader, module)) {
            return;
        }
        origins.removeIf(Origin::isGone);
        origins.addFirst(new Origin(new WeakReference<>(loader), new WeakReference<>(module)));
    }

    private boolean isKnown(ClassLoader loader, @Nullable Module module) {
        for (var known : origins) {
            if (known.leadsTo(loader, module)) {
                return true;
            }
        }
        return false;
    }

    /// Returns the bytes of a class file or another resource, or null if there is none that a
    /// worker may have. The class loaders are foreign code: call it on a thread that serves nobody
    /// else.
    ///
    /// @param resourceName such as `com/example/Point.class`
    /// @return the bytes
    /// @throws IOException if they are there but cannot be read
    public byte @Nullable [] find(String resourceName) throws IOException {
        if (NOT_OURS_TO_GIVE.matcher(resourceName).matches()) {
            return null;
        }
        for (var origin : origins) {
            try (var in = open(origin, resourceName)) {
                if (in != null) {
                    return read(in, resourceName);
                }
            }
        }
        return null;
    }

    int size() {
        return origins.size();
    }

    private static @Nullable InputStream open(Origin origin, String name) throws IOException {
        var loader = origin.loader.get();
        if (loader == null || isFolder(loader, name)) {
            return null;
        }
        var in = loader.getResourceAsStream(name);
        var module = origin.module.get();
        return in == null && module != null ? module.getResourceAsStream(name) : in;
    }

    /// A folder opens like a file, and its bytes are the names in it.
    private static boolean isFolder(ClassLoader loader, String name) throws IOException {
        if (name.endsWith(".class")) {
            return false;
        }
        var url = loader.getResource(name);
        try {
            return url != null && "file".equals(url.getProtocol())
                    && Files.isDirectory(Path.of(url.toURI()));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static byte[] read(InputStream in, String name) throws IOException {
        var bytes = in.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new IOException(name + " is larger than " + LARGEST + " bytes");
        }
        return bytes;
    }
}
