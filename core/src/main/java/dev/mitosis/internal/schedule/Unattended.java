package dev.mitosis.internal.schedule;

import dev.mitosis.WorkerStartException;
import dev.mitosis.spi.CrewListener.Death;
import dev.mitosis.spi.Items;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The owner of a part whose outcome nobody waits for: what a late worker runs to catch up.
final class Unattended implements PartOwner {
    private Unattended() {}

    static Part part(Queue queue, int seat) {
        var span = new Part.Span(seat, 1);
        return new Part(queue, new Unattended(), new Items.Range(seat), span, 1);
    }

    @Override
    public void replied(Part part, byte[] records, int length, int items, boolean allOk) {
        if (!allOk) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING,
                    "a task of Pool.everywhere failed on worker {0}, which had missed it before",
                    part.index());
        }
    }

    @Override
    public void ended(Part part) {}

    @Override
    public void lost(Part part, boolean suspect, @Nullable Death death) {}

    @Override
    public void expired(Part part, int at, CompletableFuture<String> dump) {}

    @Override
    public Part cut(Part part, int count) {
        throw new IllegalStateException("a part of one item cannot be cut");
    }

    @Override
    public void withdrawn(Part part) {}

    @Override
    public void hopeless(WorkerStartException why) {}
}
