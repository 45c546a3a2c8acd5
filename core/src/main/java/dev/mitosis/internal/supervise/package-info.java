/// Keeping the seats filled: the life of a worker process, from its start to its death report.
package dev.mitosis.internal.supervise;
