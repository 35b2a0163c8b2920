import * as module from 'node:module';
import { bundled, loadSources } from '../cli/bundle.mjs';

// The sources run directly, so that there is no build to forget.
module.enableCompileCache?.();
const bundle = await bundled('local', 'start', ['@duckdb/*', '@dynoxide/*', 'esbuild', 'fauxqs']);
await (bundle === undefined ? loadSources(import.meta.url, './start.ts') : import(bundle));
