#!/usr/bin/env node
import * as module from 'node:module';
import { register as registerRequire } from 'tsx/cjs/api';
import { register as registerImport } from 'tsx/esm/api';

// The sources are what runs: there is no build to forget. tsx compiles them and keeps the result.
module.enableCompileCache?.();
registerRequire();
registerImport();
const { main } = module.createRequire(import.meta.url)('./main.ts');
await main(process.argv.slice(2));
