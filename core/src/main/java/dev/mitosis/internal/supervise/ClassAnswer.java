package dev.mitosis.internal.supervise;

import dev.mitosis.internal.launch.ClassBytes;
import dev.mitosis.internal.link.Control;
import dev.mitosis.internal.link.ControlChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What a worker is told that misses a class or a resource.
final class ClassAnswer {
    private ClassAnswer() {}

    static ByteBuffer of(ClassBytes classes, int number, String resourceName) {
        byte[] found = find(classes, resourceName);
        int size = found == null ? 0 : found.length;
        var answer = ControlChannel.message(Control.CLASS, 5 + size)
                .putInt(number).put((byte) (found == null ? 0 : 1));
        return found == null ? answer : answer.put(found);
    }

    /// Class loaders are foreign code, and the name is the worker's: nothing of that is its fault.
    private static byte @Nullable [] find(ClassBytes classes, String resourceName) {
        try {
            return classes.find(resourceName);
        } catch (IOException | RuntimeException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.DEBUG,
                    "a class or resource that a worker has asked for", e);
            return null;
        }
    }
}
