package dev.mitosis.internal.worker;

import dev.mitosis.internal.codec.ByteSource;
import java.io.IOException;

/// The bytes of the request ring, as long as the parent lives.
final class RequestSource extends ByteSource {
    private static final int WINDOW = 64 << 10;

    private final ParentLink link;
    private final byte[] buffer = new byte[WINDOW];

    RequestSource(ParentLink link) {
        this.link = link;
    }

    @Override
    protected boolean refill() throws IOException {
        window(buffer, 0, link.read(buffer, 0, WINDOW));
        return true;
    }

    @Override
    protected int believed() {
        return Integer.MAX_VALUE; // it is the parent who says so
    }

    @Override
    protected void readBeyond(byte[] into, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            done += link.read(into, offset + done, length - done);
        }
    }
}
