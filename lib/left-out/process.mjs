// Replaces `node:process` in the bundles of functions. Node's module reads every getter of `process` for its exports, and opens stdin:
// four milliseconds of a cold start.
export const { env, versions } = globalThis.process;
