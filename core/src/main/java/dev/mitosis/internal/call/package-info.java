/// One verb's life: its input, its batches, their outcomes and the order in which they come out.
///
/// Read [dev.mitosis.internal.call.Call] first.
package dev.mitosis.internal.call;
