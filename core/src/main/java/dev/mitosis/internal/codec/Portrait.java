package dev.mitosis.internal.codec;

import dev.mitosis.NotReadableException;
import dev.mitosis.NotShippableException;
import java.io.ObjectInputFilter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Draws stand-ins for an exception and for all that it refers to, whatever its methods do.
final class Portrait {
    /// What a portrait consists of, and nothing else.
    static final ObjectInputFilter FILTER = ObjectInputFilter.Config.createFilter(
            RemoteFailure.class.getName() + ";"
                    + NotShippableException.class.getName() + ";"
                    + NotReadableException.class.getName() + ";"
                    + "java.lang.*;java.util.*;!*");

    private static final int THROWABLES = 1_000;
    private static final int FRAMES = 10_000;
    private static final int TEXT = 1 << 20;

    private final IdentityHashMap<Throwable, RemoteFailure> drawn = new IdentityHashMap<>();
    private final Deque<Throwable> open = new ArrayDeque<>();
    private int frames = FRAMES;

    private Portrait() {}

    /// Draws an exception.
    ///
    /// @param failure the exception
    /// @return its stand-in; an exception of this project stays what it is
    static Throwable of(Throwable failure) {
        var portrait = new Portrait();
        var cause = safely(failure::getCause, null);
        return switch (failure) {
            case NotShippableException e ->
                    framed(new NotShippableException(message(e), portrait.drawAll(cause)), e);
            case NotReadableException e ->
                    framed(new NotReadableException(message(e), portrait.drawAll(cause)), e);
            default -> portrait.drawn(failure);
        };
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    private static Throwable framed(Throwable copy, Throwable original) {
        copy.setStackTrace(original.getStackTrace());
        return copy;
    }

    private @Nullable Throwable drawAll(@Nullable Throwable failure) {
        return failure == null ? null : drawn(failure);
    }

    private Throwable drawn(Throwable failure) {
        var first = draw(failure);
        while (!open.isEmpty()) {
            link(open.remove());
        }
        return first;
    }

    @SuppressWarnings("ReferenceEquality") // an exception may call itself its own cause
    private void link(Throwable original) {
        var copy = draw(original);
        var cause = safely(original::getCause, null);
        if (cause != null && cause != original && drawn.size() < THROWABLES) {
            copy.initCause(draw(cause));
        } else {
            copy.initCause(null);
        }
        for (var suppressed : original.getSuppressed()) {
            if (drawn.size() < THROWABLES) {
                copy.addSuppressed(draw(suppressed));
            }
        }
    }

    private RemoteFailure draw(Throwable original) {
        var known = drawn.get(original);
        if (known != null) {
            return known;
        }
        var name = original.getClass().getName();
        var copy = new RemoteFailure(
                name,
                cut(safely(original::getMessage, null)),
                String.valueOf(cut(safely(original::toString, name))));
        copy.setStackTrace(frames(original));
        drawn.put(original, copy);
        open.add(original);
        return copy;
    }

    private StackTraceElement[] frames(Throwable original) {
        var all = safely(original::getStackTrace, null);
        if (all == null) {
            return new StackTraceElement[0];
        }
        int count = Math.min(all.length, frames);
        frames -= count;
        return Arrays.copyOf(all, count);
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= TEXT ? text : text.substring(0, TEXT) + "...";
    }

    /// Asks the exception, whose class may have methods of its own that fail.
    private static <T> @Nullable T safely(Callable<@Nullable T> question, @Nullable T otherwise) {
        try {
            return question.call();
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable _) {
            return otherwise;
        }
    }
}
