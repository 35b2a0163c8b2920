// Stands for `@aws/lambda-invoke-store` in the bundles of functions: it tells apart what one process runs at once. A function here has one
// request at a time, and the SDK reads the trace of that one from the environment.
export const InvokeStore = { getInstanceAsync: () => Promise.resolve(undefined) };
