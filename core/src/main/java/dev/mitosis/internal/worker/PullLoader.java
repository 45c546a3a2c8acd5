package dev.mitosis.internal.worker;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A worker's class loader: what its parent does not find, it pulls from the parent process.
///
/// Each class costs a round trip, once. What the parent process does not have is remembered until
/// [#forget()]. Safe for use by many threads.
public final class PullLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final Set<String> OWN = Set.of("dev.mitosis", "dev.mitosis.share",
            "dev.mitosis.process", "dev.mitosis.spi");

    /// The way to the parent process.
    @FunctionalInterface
    public interface ParentProcess {
        /// Returns the bytes of a resource of the parent process, or null if it has none.
        ///
        /// @param resourceName such as `com/example/Point.class`
        /// @return the bytes
        /// @throws IOException if the parent process cannot be asked
        byte @Nullable [] fetch(String resourceName) throws IOException;
    }

    private final ParentProcess parentProcess;
    // names that were asked for in vain; any thread
    private final Set<String> missing = ConcurrentHashMap.newKeySet();

    /// Creates the loader.
    ///
    /// @param parent finds what has a file: the application class loader
    /// @param parentProcess has the rest
    public PullLoader(ClassLoader parent, ParentProcess parentProcess) {
        super("mitosis-pull", parent);
        this.parentProcess = parentProcess;
    }

    /// Forgets what was missing: a new function may come from a class loader that has it.
    public void forget() {
        missing.clear();
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (isReserved(name)) {
            throw notFound(name, "and it is not for the parent process to define", null);
        }
        byte[] bytes;
        try {
            bytes = fetch(name.replace('.', '/') + ".class");
        } catch (IOException e) {
            throw notFound(name, "and the parent process could not be asked: " + e, e);
        }
        if (bytes == null) {
            throw notFound(name, "and no class loader of the parent process that is known to the"
                    + " pool gives its bytes", null);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        try {
            var bytes = fetch(name);
            return bytes == null ? null : url(name, bytes);
        } catch (IOException e) {
            // A resource is asked for on suspicion: nobody expects an exception here.
            return null;
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        var url = findResource(name);
        return Collections.enumeration(url == null ? List.of() : List.of(url));
    }

    /// JDK and library come from the worker's own files, or two versions of them would meet.
    private static boolean isReserved(String name) {
        return name.startsWith("java.") || name.startsWith("dev.mitosis.internal.")
                || OWN.contains(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
    }

    private byte @Nullable [] fetch(String resourceName) throws IOException {
        if (missing.contains(resourceName)) {
            return null;
        }
        var bytes = parentProcess.fetch(resourceName);
        if (bytes == null) {
            missing.add(resourceName);
        }
        return bytes;
    }

    private static ClassNotFoundException notFound(
            String name, String why, @Nullable Throwable cause) {
        return new ClassNotFoundException(name + ": not on this worker's class path ("
                + count("java.class.path") + " entries), not on its module path ("
                + count("jdk.module.path") + " entries), " + why, cause);
    }

    private static int count(String path) {
        var entries = System.getProperty(path, "");
        return entries.isEmpty() ? 0 : entries.split(File.pathSeparator, -1).length;
    }

    private static URL url(String name, byte[] bytes) throws IOException {
        var path = name.startsWith("/") ? name : "/" + name;
        try {
            return URL.of(new URI("mitosis", null, path, null), new Opened(bytes));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /// Opens bytes that are there already.
    private static final class Opened extends URLStreamHandler {
        private final byte[] bytes;

        Opened(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(bytes);
                }

                @Override
                public long getContentLengthLong() {
                    return bytes.length;
                }
            };
        }
    }
}
