/// Faults that strike a worker at each moment of its life: starting, idle, busy, answering, leaving.
package dev.mitosis.faults.moments;
