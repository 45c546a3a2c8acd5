package dev.mitosis.internal.codec;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.ToolProvider;

/// Classes that are compiled by a test, to have two versions of one or a module of its own.
final class Compiled {
    private Compiled() {}

    /// Compiles sources, by file name, and returns their own loader.
    static ClassLoader classes(Path folder, Map<String, String> sources, String... options) throws IOException {
        var out = compile(folder, sources, options);
        return new URLClassLoader(new URL[] {url(out)}, Trip.LOADER);
    }

    /// Compiles a module, by file name, and returns the loader of the module.
    static ClassLoader module(Path folder, String name, Map<String, String> sources) throws IOException {
        var out = compile(folder, sources);
        var boot = ModuleLayer.boot();
        var configuration = Configuration.resolve(
                ModuleFinder.of(out), List.of(boot.configuration()), ModuleFinder.of(), Set.of(name));
        return ModuleLayer.defineModulesWithOneLoader(configuration, List.of(boot), Trip.LOADER)
                .layer().findLoader(name);
    }

    private static Path compile(Path folder, Map<String, String> sources, String... options) throws IOException {
        var out = Files.createDirectories(folder.resolve("classes"));
        var arguments = new ArrayList<>(List.of("-d", out.toString(), "-cp", "target/classes"));
        arguments.addAll(List.of(options));
        for (var source : sources.entrySet()) {
            var file = folder.resolve(source.getKey());
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        boolean done = compiler.getTask(messages, null, null, options(arguments), null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(files(arguments))).call();
        if (!done) {
            throw new AssertionError(messages.toString());
        }
        return out;
    }

    private static List<String> options(List<String> arguments) {
        return arguments.stream().filter(a -> !a.endsWith(".java")).toList();
    }

    private static String[] files(List<String> arguments) {
        return arguments.stream().filter(a -> a.endsWith(".java")).toArray(String[]::new);
    }

    private static URL url(Path folder) {
        try {
            return folder.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }
}
