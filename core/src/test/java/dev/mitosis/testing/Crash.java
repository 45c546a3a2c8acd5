package dev.mitosis.testing;

/// Crashes the JVM that it is run in, by a bad access to memory.
public final class Crash {
    private Crash() {}

    /// Writes to address zero; does not return.
    public static int now() throws ReflectiveOperationException {
        var field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
        field.setAccessible(true);
        var unsafe = field.get(null);
        unsafe.getClass().getMethod("putAddress", long.class, long.class).invoke(unsafe, 0L, 0L);
        return 0;
    }
}
