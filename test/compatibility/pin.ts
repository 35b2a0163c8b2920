import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAssembly } from '../../local/assembly/read-assembly';
import { pack, pinnedFile, textsOf } from './pinned-bundles';

/**
 * Keeps the bundles of an assembly, as those of the version that is deployed: `tsx test/compatibility/pin.ts cdk.out`, once for each
 * release, after `npm run synth`. The next version is tested beside them.
 */
const [directory] = process.argv.slice(2);
if (directory === undefined) throw new Error('Which assembly? tsx test/compatibility/pin.ts cdk.out');
const packed = pack(textsOf(readAssembly(directory)));
writeFileSync(join(__dirname, pinnedFile), packed);
console.log(`${pinnedFile}: ${packed.length} bytes`);
