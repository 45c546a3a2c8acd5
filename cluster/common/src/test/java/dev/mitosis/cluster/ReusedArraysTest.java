package dev.mitosis.cluster;

import static org.junit.jupiter.api.Assertions.assertNotSame;

import dev.mitosis.agent.Wire;
import dev.mitosis.internal.Buffers;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReusedArraysTest {
    /// An engine may still be sending a frame when the pool has filled the array with other items.
    @Test
    void no_array_that_a_pool_uses_again_is_part_of_a_frame() {
        byte[] used = new Buffers().take(Buffers.LONGEST);

        for (var piece : Wire.pieces(out -> out.writeInt(1), List.of(ByteBuffer.wrap(used)))) {
            assertNotSame(used, piece.array());
        }
    }
}
