package dev.mitosis.cluster;

import java.time.Duration;

/// What an engine can do.
///
/// @param engine its name and version, for messages
/// @param mostFrameBytes the largest frame that it carries
/// @param leaseTime how long the work of a frame should take, so that carrying it hardly counts
/// @param addressable whether a submission goes to the node that it names
/// @param replacesNodes whether a node that dies is replaced by the engine
public record Capabilities(
        String engine, int mostFrameBytes, Duration leaseTime, boolean addressable,
        boolean replacesNodes) {}
