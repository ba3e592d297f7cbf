/**
 * Stands in for `node:process` in the bundles of tasks, which is the global object with a price: whoever imports it makes
 * Node read every property of it, the standard streams among them, 5 ms of a CPU.
 */
export const { env, versions } = globalThis.process;
