/// Tests of connections and of processes of one function.
package dev.mitosis.process;
