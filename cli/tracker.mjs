#!/usr/bin/env node
import * as module from 'node:module';
import { bundledCli } from './bundle.mjs';

// The sources are what runs: there is no build to forget.
module.enableCompileCache?.();
const bundle = await bundledCli();
const { main } = bundle === undefined ? await loadSources() : await import(bundle);
await main(process.argv.slice(2));

/** Where packages lie in a folder that may not be written, tsx compiles each source as it is loaded. */
async function loadSources() {
  const { register: registerRequire } = await import('tsx/cjs/api');
  const { register: registerImport } = await import('tsx/esm/api');
  registerRequire();
  registerImport();
  return module.createRequire(import.meta.url)('./main.ts');
}
