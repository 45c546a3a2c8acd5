/// The rows of the failure model for every verb: what one item does to a call, and what the caller sees of it.
package dev.mitosis.contract.verbs;
