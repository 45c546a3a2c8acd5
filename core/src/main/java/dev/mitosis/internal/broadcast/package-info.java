/// Values that are sent to a process once.
@org.jspecify.annotations.NullMarked
package dev.mitosis.internal.broadcast;
