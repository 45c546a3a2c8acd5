package dev.mitosis.cluster;

import dev.mitosis.agent.Wire;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Carries bytes to the nodes of an existing engine and back; all that a back-end needs of it.
///
/// On a node the engine hands a submission's bytes to `dev.mitosis.agent.Agent.handle`, and what
/// that returns is the answer. The engine retries nothing and calls nothing else. Safe for use by
/// many threads; no method blocks but [#close].
public interface ClusterTransport extends AutoCloseable {
    /// Has some node handle a frame, as soon as one has a free slot.
    ///
    /// @param submission the frame
    /// @return what the agent returned. It fails only when the engine could not carry it, see
    ///         [#classify], and is cancelled by [#cancel]
    CompletableFuture<byte[]> submit(Submission submission);

    /// Interrupts whoever handles a submission, and cancels its future; nothing if it is through.
    ///
    /// @param id its number
    void cancel(long id);

    /// Tells of nodes: first of those that are there, then of those that come and go.
    ///
    /// @param listener is told, on threads of the engine; returns quickly
    void watchMembers(Consumer<MemberEvent> listener);

    /// {@return what this engine can do}
    Capabilities capabilities();

    /// {@return what a failed submission means}
    ///
    /// @param failure what its future failed with, without wrappers of the JDK
    Failure classify(Throwable failure);

    /// Lets go of the engine; ends it if it was begun for this back-end alone.
    @Override
    void close();

    /// A frame on its way.
    ///
    /// @param id its number, unique among those of one transport
    /// @param pieces the bytes, which do not change any more
    /// @param node which node had better handle it, or empty; a hint, unless nodes are addressable
    record Submission(long id, List<ByteBuffer> pieces, String node) {
        /// Copies the list, not the bytes.
        public Submission {
            pieces = List.copyOf(pieces);
        }

        /// Makes one of a frame in one piece.
        ///
        /// @param id its number
        /// @param frame the bytes
        /// @param node which node had better handle it, or empty
        public Submission(long id, byte[] frame, String node) {
            this(id, List.of(ByteBuffer.wrap(frame)), node);
        }

        /// {@return how many bytes there are}
        public long size() {
            return Wire.size(pieces);
        }

        /// {@return a copy of all the bytes, for an engine that takes one array}
        public byte[] frame() {
            return Wire.joined(pieces);
        }
    }

    /// What becomes of nodes.
    sealed interface MemberEvent {
        /// A node is there.
        ///
        /// @param node its name in the engine
        /// @param slots how many submissions it handles at once
        record Joined(String node, int slots) implements MemberEvent {}

        /// A node is gone.
        ///
        /// @param node its name in the engine
        record Left(String node) implements MemberEvent {}
    }

    /// What a failed submission means.
    enum Failure {
        /// The node is gone, and what it was doing may be done by another.
        NODE_LOST,
        /// The engine is gone, and nothing more can be submitted.
        ENGINE_LOST,
        /// Somebody has cancelled this submission at the engine, which takes others.
        CANCELLED,
        /// The engine refuses this submission, and would refuse it again.
        REJECTED
    }
}
