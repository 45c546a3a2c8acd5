/// Memory and objects that processes share: see [dev.mitosis.share.SharedMemory] and
/// [dev.mitosis.share.Hosted].
@org.jspecify.annotations.NullMarked
package dev.mitosis.share;
