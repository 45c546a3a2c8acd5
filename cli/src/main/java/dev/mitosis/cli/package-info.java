/// The command.
@org.jspecify.annotations.NullMarked
package dev.mitosis.cli;
