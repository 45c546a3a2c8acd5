/// The product of the options: what each item must come to, by a small model, under all pairs of option values.
package dev.mitosis.contract.product;
