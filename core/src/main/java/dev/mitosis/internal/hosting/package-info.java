/// Objects that live in one process and are called from others.
@org.jspecify.annotations.NullMarked
package dev.mitosis.internal.hosting;
