/// What the programs of this module share: options, processes, what a program holds, tables, JSON.
@org.jspecify.annotations.NullMarked
package dev.mitosis.bench.common;
