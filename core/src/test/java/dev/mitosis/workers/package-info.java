/// What only workers that are processes do: they die, are replaced, have flags, folders and memory of their own.
package dev.mitosis.workers;
