package dev.mitosis.internal.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Where records begin and end, for those who pass them on without reading them.
public final class Records {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Records() {}

    /// Returns where the record after one begins, in an array of complete records.
    ///
    /// @param array the records
    /// @param at where the record begins
    /// @return where the next one would begin
    public static int after(byte[] array, int at) {
        byte kind = array[at];
        int fixed = Kind.bodySize(kind);
        if (fixed >= 0) {
            return at + 1 + fixed;
        }
        if ((kind & Kind.HUGE) != 0) {
            return Math.toIntExact(at + 9 + (long) LONG.get(array, at + 1));
        }
        return at + 5 + (int) INT.get(array, at + 1);
    }

    /// {@return the place that a [Kind#AT] names}
    ///
    /// @param array the records, complete
    /// @param at where it begins
    public static long place(byte[] array, int at) {
        return (long) LONG.get(array, at + 1);
    }

    /// Counts the outcomes among records that may be none.
    ///
    /// @param array the records
    /// @param length how many bytes they fill
    /// @return how many, or -1 if these are not complete records
    public static int outcomes(byte[] array, int length) {
        int count = 0;
        long at = 0;
        while (at < length) {
            byte kind = array[(int) at];
            long body = Kind.isKnown(kind) ? Kind.bodySize(kind) : Long.MIN_VALUE;
            long head = body >= 0 ? 1 : (kind & Kind.HUGE) == 0 ? 5 : 9;
            if (body == -1 && at + head <= length) {
                body = head == 5 ? (int) INT.get(array, (int) at + 1)
                        : (long) LONG.get(array, (int) at + 1);
            }
            if (body < 0 || body > length - at - head) {
                return -1;
            }
            count += Kind.isOutcome(kind) ? 1 : 0;
            at += head + body;
        }
        return count;
    }
}
