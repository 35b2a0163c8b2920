import { bundled, loadSources } from '../cli/bundle.mjs';

// One module of it loads in half of the time that its sources take, and is built again where one of them changes.
const bundle = await bundled('bin', 'tracker', ['aws-cdk-lib', 'cdk-nag', 'constructs', 'esbuild']);
await (bundle === undefined ? loadSources(import.meta.url, './tracker.ts') : import(bundle));
