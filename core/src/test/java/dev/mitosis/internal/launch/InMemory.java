package dev.mitosis.internal.launch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Classes that were never in a file: compiled in memory, known to one loader.
public final class InMemory extends ClassLoader {
    final Map<String, byte[]> files = new HashMap<>();

    private InMemory() {
        super(InMemory.class.getClassLoader());
    }

    /// Many such loaders override nothing else.
    @Override
    public InputStream getResourceAsStream(String name) {
        var bytes = files.get(name);
        return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        var bytes = files.get(name.replace('.', '/') + ".class");
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    /// {@return a loader with this class alone}
    ///
    /// @param className its name
    /// @param source its source
    public static InMemory of(String className, String source) {
        var loader = new InMemory();
        var compiler = ToolProvider.getSystemJavaCompiler();
        var input = new SimpleJavaFileObject(
                URI.create("string:///" + className.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignore) {
                return source;
            }
        };
        var task = compiler.getTask(null, new Output(compiler.getStandardFileManager(null, null, null), loader.files),
                null, List.of("-proc:none"), null, List.of(input));
        if (!task.call()) {
            throw new AssertionError("does not compile: " + source);
        }
        return loader;
    }

    private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, byte[]> files;

        Output(JavaFileManager standard, Map<String, byte[]> files) {
            super(standard);
            this.files = files;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            var path = name.replace('.', '/') + kind.extension;
            return new SimpleJavaFileObject(URI.create("memory:///" + path), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            files.put(path, toByteArray());
                        }
                    };
                }
            };
        }
    }
}
