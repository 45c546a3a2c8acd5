/// Tests of memory and objects that processes share.
package dev.mitosis.share;
