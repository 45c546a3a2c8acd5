package dev.mitosis.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// A folder of a class path, packed so that it can travel; again only when something in it changes.
///
/// The same content gives the same bytes: entries are sorted, and have no time.
final class Folder {
    private final Path folder;

    // guarded by this
    private String packedState = "";
    private @Nullable Path packed;

    Folder(Path folder) {
        this.folder = folder;
    }

    /// {@return whether no file is in it}
    boolean isEmpty() throws IOException {
        return files().isEmpty();
    }

    /// {@return a jar of what is in it now, in the temp folder, deleted when this JVM ends}
    synchronized Path packed() throws IOException {
        var files = files();
        var state = state(files);
        var jar = packed;
        if (jar == null || !state.equals(packedState)) {
            jar = Files.createTempFile("mitosis-classes", ".jar");
            jar.toFile().deleteOnExit();
            pack(files, jar);
            packed = jar;
            packedState = state;
        }
        return jar;
    }

    private List<Path> files() throws IOException {
        try (var walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private String state(List<Path> files) throws IOException {
        var state = new StringBuilder();
        for (var file : files) {
            state.append(file).append(' ').append(Files.size(file)).append(' ')
                    .append(Files.getLastModifiedTime(file).toMillis()).append('\n');
        }
        return state.toString();
    }

    private void pack(List<Path> files, Path jar) throws IOException {
        try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.setLevel(Deflater.BEST_SPEED);
            for (var file : files) {
                var entry = new ZipEntry(folder.relativize(file).toString().replace('\\', '/'));
                entry.setTime(0);
                out.putNextEntry(entry);
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }
}
