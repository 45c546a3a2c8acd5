/// The rows of `docs/failure-model.md` that need worker processes and a fault of their own: one class a row.
package dev.mitosis.faults;
