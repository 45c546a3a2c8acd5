package dev.mitosis.internal.hosting;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The methods of an interface that is hosted, in an order that is the same in all processes.
final class Methods {
    private static final ClassValue<Methods> KNOWN = new ClassValue<>() {
        @Override
        protected Methods computeValue(Class<?> type) {
            return new Methods(type);
        }
    };

    private final List<Method> methods;
    private final Map<Method, Integer> numbers = new ConcurrentHashMap<>();

    private Methods(Class<?> type) {
        methods = Arrays.stream(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .sorted(Comparator.comparing(Methods::key))
                .toList();
    }

    static Methods of(Class<?> type) {
        return KNOWN.get(type);
    }

    /// Makes sure that they can be called here.
    ///
    /// @throws IllegalArgumentException if one cannot; says what opens it
    void requireAccess() {
        for (var method : methods) {
            if (!method.trySetAccessible()) {
                var type = method.getDeclaringClass();
                throw new IllegalArgumentException(type.getName() + " cannot be hosted: its"
                        + " package is closed; add 'opens " + type.getPackageName()
                        + " to dev.mitosis;' to its module-info");
            }
        }
    }

    private static String key(Method method) {
        return signature(method) + method.getReturnType() + method.getDeclaringClass().getName();
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }

    /// {@return the number of a method that a proxy was called with}
    int indexOf(Method method) {
        return numbers.computeIfAbsent(method, this::find);
    }

    /// By its signature, since it may be another interface that a proxy takes it from.
    private int find(Method method) {
        var signature = signature(method);
        for (int i = 0; i < methods.size(); i++) {
            if (signature(methods.get(i)).equals(signature)) {
                return i;
            }
        }
        throw new IllegalArgumentException("the interface that is hosted has no " + method);
    }

    /// {@return the same method, accessible}
    Method own(Method method) {
        return methods.get(indexOf(method));
    }

    /// {@return a method, or null if there is none}
    @Nullable Method at(int index) {
        return index >= 0 && index < methods.size() ? methods.get(index) : null;
    }

    static boolean isOneWay(Method method) {
        return method.isAnnotationPresent(OneWay.class);
    }

    static boolean isLocking(Method method) {
        return method.isAnnotationPresent(Locking.class);
    }

    static boolean isPrompt(Method method) {
        return method.isAnnotationPresent(Prompt.class)
                || method.getDeclaringClass().isAnnotationPresent(Prompt.class);
    }
}
