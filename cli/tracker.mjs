#!/usr/bin/env node
import * as module from 'node:module';
import { bundled, loadSources } from './bundle.mjs';

// The sources run directly, so that there is no build to forget.
module.enableCompileCache?.();
// Large, and loaded by few commands.
const bundle = await bundled('cli', 'main', ['@aws-sdk/*', '@smithy/*', '@aws-crypto/*', 'esbuild']);
const { main } = bundle === undefined ? await loadSources(import.meta.url, './main.ts') : await import(bundle);
await main(process.argv.slice(2));
