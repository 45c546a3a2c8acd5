// What the pools of node_pools.mjs run.

export const square = (n) => n * n;

export const length = (blob) => blob.length;

export const nap = (ms) => new Promise((resolve) => setTimeout(() => resolve(ms), ms));
