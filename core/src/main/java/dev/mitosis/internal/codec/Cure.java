package dev.mitosis.internal.codec;

import dev.mitosis.internal.codec.Trail.Step;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.util.Iterator;
import java.util.StringJoiner;
import java.util.concurrent.locks.Lock;
import java.util.stream.BaseStream;

/// What to do about an object that is not serializable.
final class Cure {
    private Cure() {}

    /// {@return the advice for an object}
    ///
    /// @param culprit the way to it
    static String of(Step culprit) {
        var object = culprit.object();
        return switch (object) {
            case Record _ when RecordAccess.of(object.getClass())
                    instanceof RecordAccess.Closed(var cure) -> cure;
            case BaseStream<?, ?> _ -> "collect the stream to a list first";
            case Iterator<?> _ -> "collect what the iterator gives to a list first";
            case Object _ when object.getClass().isHidden() ->
                    "declare it as one of dev.mitosis's Remote... types, or cast it to its"
                            + " interface and java.io.Serializable";
            case Object _ when isMachinery(object) ->
                    "make it in the worker, in the function or in the pool's initializer";
            case Object _ when object.getClass().getName().startsWith("java") ->
                    "send the data that is in it, or make it in the worker";
            default -> ofClass(culprit);
        };
    }

    private static boolean isMachinery(Object object) {
        return object instanceof Thread
                || object instanceof AutoCloseable
                || object instanceof Lock
                || object instanceof ClassLoader;
    }

    private static String ofClass(Step culprit) {
        var name = culprit.object().getClass().getTypeName();
        var advice = "let " + name + " implement java.io.Serializable, or make it a record";
        return isInField(culprit) ? advice + ", or mark the field transient" : advice;
    }

    private static boolean isInField(Step culprit) {
        var from = culprit.from();
        return from != null
                && culprit.label().startsWith(".")
                && from.lambda() == null
                && !(from.object() instanceof Record)
                && from.object() instanceof Serializable;
    }

    /// {@return why a worker cannot make its own instance of what a lambda captured as 'this'}
    ///
    /// @param object the instance
    static String whyNotMade(Object object) {
        var fields = new StringJoiner(", ", "(", ")");
        int count = 0;
        for (Class<?> c = object.getClass(); c != null; c = c.getSuperclass()) {
            for (var field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    fields.add(field.getName());
                    count++;
                }
            }
        }
        return count > 0
                ? " and has fields " + fields + ", so that a worker cannot make its own"
                : " and has no no-argument constructor in a package that is open to us, so that a"
                        + " worker cannot make its own";
    }

    /// {@return the advice for a lambda that captures the object around it}
    ///
    /// @param place the lambda
    static String forThis(LambdaPlace place) {
        var advice = new StringJoiner(", and ");
        for (var method : place.methodsOfThis()) {
            advice.add("make " + method + " static");
        }
        for (var field : place.fieldsOfThis()) {
            advice.add("copy the field " + field + " to a local variable before the lambda");
        }
        return advice.length() > 0
                ? advice.toString()
                : "make the method that it calls static, or copy what it reads to local variables";
    }
}
