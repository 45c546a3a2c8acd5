package dev.mitosis.internal.codec;

import java.io.Serializable;

/// Something that travels in place of another object, which it becomes again when it is read.
interface Replacement extends Serializable {}
