/// Runnable programs.
@org.jspecify.annotations.NullMarked
package dev.mitosis.examples;
