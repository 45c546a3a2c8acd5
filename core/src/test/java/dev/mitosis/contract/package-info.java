/// What every back-end must do: each contract is written once and run for inline, threads and processes.
package dev.mitosis.contract;
