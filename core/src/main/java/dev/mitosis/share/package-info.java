/// Memory and objects that processes share: see [dev.mitosis.share.SharedMemory].
@org.jspecify.annotations.NullMarked
package dev.mitosis.share;
