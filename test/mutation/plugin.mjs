import { require } from 'tsx/cjs/api';

/** What Stryker loads, in each of its processes, without a flag for TypeScript. */
export const { strykerPlugins } = require('./runner.ts', import.meta.url);
