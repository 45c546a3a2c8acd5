package dev.mitosis.internal.codec;

import dev.mitosis.PoolConfig;
import java.io.ObjectInputFilter;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a caller lets a worker send: data, and no code or machinery of the JDK.
///
/// The limits are far above what anybody returns. They end a value that was made to be endless;
/// claims of length are besides checked against the bytes that are there.
public final class ResultFilter implements ObjectInputFilter {
    private static final long DEPTH = 1_000_000;
    private static final long REFERENCES = 1_000_000_000;
    private static final long BYTES = 64L << 30;
    private static final long ARRAY = Integer.MAX_VALUE;

    /// Of the JDK only what is public comes, and no machinery: remote objects, management, names.
    private static final List<String> PUBLIC = List.of("java.", "javax.", "org.w3c.", "org.xml.");
    private static final List<String> MACHINERY = List.of(
            "java.rmi.", "javax.management.", "javax.naming.", "java.lang.invoke.",
            "java.beans.beancontext.");

    /// What calendars, time zones and such consist of.
    private static final Set<String> ALLOWED = Set.of(
            "sun.util.calendar.ZoneInfo",
            "com.sun.org.apache.xerces.internal.jaxp.datatype.XMLGregorianCalendarImpl"
                    + "$SerializedXMLGregorianCalendar");

    /// Objects that read other objects past this filter.
    private static final Set<String> NESTED = Set.of(
            "java.security.SignedObject", "javax.crypto.SealedObject");

    private final List<String> trusted; // each with its final dot; empty: any application class

    private ResultFilter(List<String> trusted) {
        this.trusted = trusted;
    }

    /// Returns the filter for a pool.
    ///
    /// @param trustedPackages the packages whose classes may come, with their subpackages, besides
    ///     those of the JDK; if empty, those of all applications
    /// @return the filter
    public static ObjectInputFilter of(List<String> trustedPackages) {
        return new ResultFilter(
                trustedPackages.stream().map(ResultFilter::withDot).toList());
    }

    /// Returns the filter for the pool of this configuration.
    ///
    /// @param config the configuration
    /// @return its own filter, or one of this project
    public static ObjectInputFilter of(PoolConfig config) {
        var own = config.resultFilter();
        return own == null ? of(config.trustedPackages()) : own;
    }

    private static String withDot(String name) {
        return name.endsWith(".") ? name : name + ".";
    }

    @Override
    public Status checkInput(FilterInfo info) {
        if (info.depth() > DEPTH
                || info.references() > REFERENCES
                || info.streamBytes() > BYTES
                || info.arrayLength() > ARRAY) {
            return Status.REJECTED;
        }
        var type = element(info.serialClass());
        return type == null || mayCome(type) ? Status.UNDECIDED : Status.REJECTED;
    }

    private static @Nullable Class<?> element(@Nullable Class<?> type) {
        Class<?> element = type;
        while (element != null && element.isArray()) {
            element = element.getComponentType();
        }
        return element;
    }

    private boolean mayCome(Class<?> type) {
        var name = type.getName();
        if (type.isPrimitive() || ALLOWED.contains(name)) {
            return true;
        }
        if (type == SerializedLambda.class || Proxy.isProxyClass(type) || NESTED.contains(name)) {
            return false;
        }
        if (trusted.stream().anyMatch(name::startsWith)) {
            return true;
        }
        return isOfJdk(type)
                ? PUBLIC.stream().anyMatch(name::startsWith)
                        && MACHINERY.stream().noneMatch(name::startsWith)
                : trusted.isEmpty();
    }

    /// By module, since others name their packages `com.sun`, too.
    private static boolean isOfJdk(Class<?> type) {
        var module = type.getModule().getName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }
}
