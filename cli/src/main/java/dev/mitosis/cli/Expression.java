package dev.mitosis.cli;

import dev.mitosis.RemoteFunction;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/// A function given as text: compiled in memory, into a class without a file.
///
/// @param text a lambda or a method reference
/// @param reading what its parameter is
/// @param rendering what becomes of its result
/// @param imports names to import besides the usual ones
/// @param classPath jars and directories with the user's own classes
record Expression(
        String text,
        Reading reading,
        Rendering rendering,
        List<String> imports,
        List<Path> classPath) {

    /// Compiles the expression.
    ///
    /// @return the function from an item to a line
    /// @throws CompileException if it is not Java, or does not fit the type of the items
    RemoteFunction<Object, String> compile() throws CompileException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new Complaint("this Java has no compiler: a JDK is needed, not a JRE.");
        }

        var source = new ExpressionSource(text, reading, rendering, imports);
        var files = new MemoryFiles(compiler.getStandardFileManager(null, null, null));
        translate(compiler, files, source);
        return load(files);
    }

    private void translate(JavaCompiler compiler, MemoryFiles files, ExpressionSource source)
            throws CompileException {
        var found = new DiagnosticCollector<JavaFileObject>();
        var options = List.of("-proc:none", "-Xlint:none", "-g:source,lines",
                "-classpath", compilerPath());
        boolean done =
                compiler.getTask(null, files, found, options, null, List.of(source)).call();
        if (!done) {
            throw new CompileException(text, source, found.getDiagnostics());
        }
    }

    private String compilerPath() {
        var ours = Stream.of(System.getProperty("java.class.path"));
        return Stream.concat(ours, classPath.stream().map(Path::toString))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private RemoteFunction<Object, String> load(MemoryFiles files) {
        var users = new URLClassLoader(
                "class-path",
                classPath.stream().map(Expression::url).toArray(URL[]::new),
                Expression.class.getClassLoader());
        var loader = new MemoryClassLoader(files.classes(), users);
        try {
            @SuppressWarnings("unchecked") // the type that ExpressionSource declares
            var function = (RemoteFunction<Object, String>) loader
                    .loadClass(ExpressionSource.PACKAGE + "." + ExpressionSource.CLASS)
                    .getMethod(ExpressionSource.METHOD)
                    .invoke(null);
            return function;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the compiled expression cannot be used", e);
        }
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry.toString(), e);
        }
    }
}
