// Replaces `@aws/lambda-invoke-store` in the bundles of functions, which separates concurrent requests of a process. A function here has
// one request at a time, whose trace the SDK reads from the environment.
export const InvokeStore = { getInstanceAsync: () => Promise.resolve(undefined) };
