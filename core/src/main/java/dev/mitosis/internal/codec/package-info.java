/// Objects to bytes and back.
///
/// Read [dev.mitosis.internal.codec.Kind], the layout, first; then `ValueWriter` and `ValueReader`.
package dev.mitosis.internal.codec;
