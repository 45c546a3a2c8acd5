package dev.mitosis.internal.codec;

import dev.mitosis.NotShippableException;

final class Complaint {
    private Complaint() {}

    static NotShippableException about(Object root, Throwable problem) {
        if (problem instanceof OutOfMemoryError e) {
            throw e;
        }
        return new NotShippableException(root.getClass().getName() + " cannot travel: " + problem, problem);
    }
}
