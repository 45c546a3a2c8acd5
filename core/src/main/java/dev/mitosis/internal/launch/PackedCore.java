package dev.mitosis.internal.launch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The library as a jar inside of another jar, as an executable jar has it: no class path can name
/// it, so it is copied out. The application's classes stay where they are and are pulled.
///
/// @param location such as `jar:nested:/app.jar/!BOOT-INF/lib/mitosis-core.jar!/`
record PackedCore(URI location) {

    /// Returns the copy in the pool's temp folder; the first worker makes it.
    Path copyTo(Path folder) throws IOException {
        var copy = folder.resolve("mitosis-core.jar");
        if (Files.exists(copy)) {
            return copy;
        }
        var part = Files.createTempFile(folder, "mitosis-core", ".part");
        // It is tempting to use the location itself, but that is a view into the jar.
        var connection = jar().toURL().openConnection();
        connection.setUseCaches(false);
        try (var in = connection.getInputStream()) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        }
        // Guard against race with another worker's start: both copies are the same.
        return Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
    }

    private URI jar() {
        var jar = location.toString().replaceFirst("!/$", "");
        return URI.create(jar.contains("!/") ? jar : jar.replaceFirst("^jar:", ""));
    }
}
