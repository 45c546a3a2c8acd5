package dev.mitosis.internal.codec;

import dev.mitosis.NotShippableException;
import dev.mitosis.internal.codec.Trail.Step;
import java.io.NotSerializableException;
import org.jspecify.annotations.Nullable;

/// Says what could not be serialized, where it is, and what to do about it.
final class Complaint {
    private Complaint() {}

    /// Explains why a value cannot travel.
    ///
    /// @param root the value
    /// @param problem what went wrong
    /// @return the explanation
    static NotShippableException about(Object root, Throwable problem) {
        return switch (problem) {
            case OutOfMemoryError e -> throw e;
            case NotShippableException known -> known;
            case StackOverflowError e -> new NotShippableException(
                    what(root) + " cannot travel: it is nested too deeply, even for a stack of"
                            + " 256 MB. Cure: send a list instead of links",
                    e);
            case NotSerializableException e -> notSerializable(root, e);
            default -> new NotShippableException(
                    what(root) + " cannot travel: " + problem
                            + " was thrown while it was serialized",
                    problem);
        };
    }

    private static NotShippableException notSerializable(Object root, NotSerializableException e) {
        var culprit = find(root, e.getMessage());
        if (culprit == null) {
            return new NotShippableException(
                    what(root) + " cannot travel: " + e.getMessage() + " is not serializable", e);
        }
        var captured = captured(culprit);
        var subject = captured == null ? what(root) : captured.subject();
        var path = culprit.path();
        var where = path.isEmpty() ? "it" : type(culprit.object()) + " at " + path;
        var why = " is not serializable";
        if (captured != null && captured.isThis(culprit)) {
            why += Cure.whyNotMade(culprit.object());
        }
        return new NotShippableException(
                subject + " cannot travel: " + where + why + ". Cure: " + cure(culprit, captured),
                e);
    }

    private static @Nullable Step find(Object root, @Nullable String type) {
        try {
            return Trail.find(root, type);
        } catch (RuntimeException | StackOverflowError _) {
            return null; // a user's collection may fail while it is walked
        }
    }

    private static String cure(Step culprit, @Nullable Captured captured) {
        return captured != null && captured.isThis(culprit)
                ? Cure.forThis(captured.place())
                : Cure.of(culprit);
    }

    private static String what(Object root) {
        var step = new Step(null, "", root, Trail.lambda(root));
        return step.lambda() == null ? "a value of type " + type(root) : place(step).toString();
    }

    private static LambdaPlace place(Step step) {
        var lambda = step.lambda();
        if (lambda == null) {
            throw new IllegalArgumentException("not a lambda");
        }
        return new LambdaPlace(lambda, step.object().getClass().getClassLoader());
    }

    static String type(Object object) {
        var type = object.getClass();
        return type.isHidden()
                ? "a lambda of " + type.getName().replaceFirst("\\$\\$Lambda.*", "")
                : type.getTypeName();
    }

    /// The lambda nearest to the culprit, and what it captured on the way there.
    private static @Nullable Captured captured(Step culprit) {
        var child = culprit;
        for (var step = culprit.from(); step != null; step = step.from()) {
            if (step.lambda() != null) {
                var index = child.label().replaceAll("\\D", "");
                return new Captured(place(step), child, Integer.parseInt(index));
            }
            child = step;
        }
        return null;
    }

    private record Captured(LambdaPlace place, Step value, int index) {
        String subject() {
            return place.captured(index) + " of " + place;
        }

        boolean isThis(Step culprit) {
            return value.equals(culprit) && place.isThis(index);
        }
    }
}
