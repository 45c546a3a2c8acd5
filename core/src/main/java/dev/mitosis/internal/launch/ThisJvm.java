package dev.mitosis.internal.launch;

import dev.mitosis.PoolConfig;
import java.lang.module.Configuration;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What is known about this JVM that decides how one like it is started.
///
/// @param flags the JVM's flags after all files and variables were expanded; without class path
/// @param properties the system properties
/// @param environment the environment variables
/// @param core where the library's own classes come from
/// @param modules the application's modules in the boot layer, by name
/// @param loaderEntries class-path entries that only a class loader knows, as in JShell
record ThisJvm(
        List<String> flags,
        Map<String, String> properties,
        Map<String, String> environment,
        Core core,
        List<String> modules,
        List<Path> loaderEntries) {

    /// Where the library's own classes come from.
    ///
    /// @param named whether they are a module of the boot layer
    /// @param location the jar or folder, if there is one
    record Core(boolean named, @Nullable URI location) {
        static Core here() {
            var module = PoolConfig.class.getModule();
            boolean named = module.isNamed() && module.getLayer() == ModuleLayer.boot();
            var source = PoolConfig.class.getProtectionDomain().getCodeSource();
            return new Core(named, source == null ? null : uri(source.getLocation()));
        }
    }

    /// Returns this JVM as it is now.
    ///
    /// @param loader where the caller's classes come from; its parents are looked at, too
    static ThisJvm now(@Nullable ClassLoader loader) {
        var modules = applicationModules(ModuleLayer.boot().configuration());
        return new ThisJvm(inputArguments(), strings(System.getProperties()), System.getenv(),
                Core.here(), modules, entries(loader));
    }

    /// The process's own command line is no substitute: argument files and JDK_JAVA_OPTIONS are not
    /// expanded there. By reflection, since the library does not require `java.management`.
    private static List<String> inputArguments() {
        try {
            var bean = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getRuntimeMXBean").invoke(null);
            var all = (List<?>) Class.forName("java.lang.management.RuntimeMXBean")
                    .getMethod("getInputArguments").invoke(bean);
            var flags = new ArrayList<String>();
            for (var flag : all) {
                flags.add((String) flag);
            }
            return flags;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the flags of this JVM cannot be read, so none like it"
                    + " can be started: add --add-modules java.management", e);
        }
    }

    String property(String name) {
        return properties.getOrDefault(name, "");
    }

    private static Map<String, String> strings(Properties properties) {
        var strings = new HashMap<String, String>();
        for (var name : properties.stringPropertyNames()) {
            strings.put(name, properties.getProperty(name, ""));
        }
        return strings;
    }

    /// Those of the JDK are left out: they are resolved again as far as the others need them.
    private static List<String> applicationModules(Configuration boot) {
        var names = new TreeSet<String>();
        for (var module : boot.modules()) {
            var name = module.name();
            if (!name.startsWith("java.") && !name.startsWith("jdk.")
                    && !name.equals("dev.mitosis")) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }

    private static List<Path> entries(@Nullable ClassLoader loader) {
        var entries = new ArrayList<Path>();
        for (var next = loader; next != null; next = next.getParent()) {
            for (URL url : next instanceof URLClassLoader urls ? urls.getURLs() : new URL[0]) {
                var uri = uri(url);
                if (uri != null && "file".equals(uri.getScheme())) {
                    entries.add(Path.of(uri));
                }
            }
        }
        return entries;
    }

    private static @Nullable URI uri(@Nullable URL url) {
        try {
            return url == null ? null : url.toURI();
        } catch (URISyntaxException e) {
            // a space that nobody escaped, or no place in the file system at all: pulled then
            return null;
        }
    }
}
