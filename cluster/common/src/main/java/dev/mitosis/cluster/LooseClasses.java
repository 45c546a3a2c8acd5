package dev.mitosis.cluster;

import dev.mitosis.internal.launch.ClassBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// Classes that are in no file which travels: from JShell, the source launcher, a compiler in this
/// JVM, or a loader with jars of its own.
///
/// A worker on this machine asks for each when it needs it. From a node nobody can ask, so that all
/// which a function may need goes along: what its bytes name, what these classes name, and so on.
/// Names are looked for in whatever text there is; one too many does no harm.
final class LooseClasses {
    private static final Pattern NAME = Pattern.compile("[\\w$./]{3,}");
    private static final Pattern NOT_LOOSE =
            Pattern.compile("(java|jdk|sun|javax)/.*|dev/mitosis/(internal|agent)/.*");
    private static final String CLASS = ".class";
    private static final int LONGEST = 1 << 10; // name

    private final Set<Path> shipped;

    /// Makes one.
    ///
    /// @param shipped the jars and folders that travel as such
    LooseClasses(List<Path> shipped) {
        this.shipped = Set.copyOf(shipped);
    }

    /// Returns the loose classes that serialized objects may need, as a jar.
    ///
    /// @param loader finds them
    /// @param serialized the objects
    /// @return the jar, or null if there are none
    byte @Nullable [] of(@Nullable ClassLoader loader, byte[] serialized) throws IOException {
        if (loader == null) {
            return null;
        }
        var bytes = new ClassBytes();
        bytes.add(loader);
        var found = new TreeMap<String, byte[]>();
        var seen = new HashSet<String>();
        Queue<String> open = new ArrayDeque<>();
        texts(serialized, open, seen);
        for (String name; (name = open.poll()) != null; ) {
            byte[] loose = isShipped(loader, name) ? null : bytes.find(name + CLASS);
            if (loose != null) {
                found.put(name, loose);
                named(loose, open, seen);
            }
        }
        return found.isEmpty() ? null : jar(found);
    }

    /// Looks at whatever may be a text behind its length, as serialization writes names.
    private static void texts(byte[] serialized, Queue<String> open, Set<String> seen) {
        for (int at = 0; at + 2 < serialized.length; at++) {
            int length = (serialized[at] & 0xff) << 8 | serialized[at + 1] & 0xff;
            if (length > 0 && length <= LONGEST && at + 2 + length <= serialized.length) {
                names(new String(serialized, at + 2, length, StandardCharsets.UTF_8), open, seen);
            }
        }
    }

    private static void named(byte[] classFile, Queue<String> open, Set<String> seen) {
        for (var entry : ClassFile.of().parse(classFile).constantPool()) {
            if (entry instanceof Utf8Entry text) {
                names(text.stringValue(), open, seen);
            }
        }
    }

    /// Collects what may be the name of a class, also within a descriptor such as `(Lp/A;)Lp/B;`.
    private static void names(String text, Queue<String> open, Set<String> seen) {
        var candidates = NAME.matcher(text);
        while (candidates.find()) {
            var name = candidates.group().replace('.', '/');
            offer(name, open, seen);
            for (int at = 1; at <= 2 && at < name.length(); at++) {
                offer(name.substring(at), open, seen); // behind an L, or the end of a length
            }
        }
    }

    private static void offer(String name, Queue<String> open, Set<String> seen) {
        if (!NOT_LOOSE.matcher(name).matches() && seen.add(name)) {
            open.add(name);
        }
    }

    private boolean isShipped(ClassLoader loader, String name) throws IOException {
        var url = loader.getResource(name + CLASS);
        if (url == null) {
            return false;
        }
        try {
            URI place = url.getProtocol().equals("jar")
                    ? ((JarURLConnection) url.openConnection()).getJarFileURL().toURI()
                    : url.toURI();
            if (!"file".equals(place.getScheme())) {
                return false;
            }
            var file = Path.of(place);
            return shipped.stream().anyMatch(file::startsWith);
        } catch (URISyntaxException e) {
            return false; // no place in the file system
        }
    }

    private static byte[] jar(Map<String, byte[]> classes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(bytes)) {
            for (var each : classes.entrySet()) {
                var entry = new ZipEntry(each.getKey() + CLASS);
                entry.setTime(0); // the same classes have the same hash
                out.putNextEntry(entry);
                out.write(each.getValue());
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
