import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readAssembly } from '../../local/assembly/read-assembly';
import { writeFormatted } from '../../prove/report/document';
import { synthesizeProd } from '../../prove/stack/assembly';
import { measure } from './measure';
import { startStack } from './running-stack';

/** Writes cost/measured.json again: `npm run cost:measure`, or with `--assembly DIR` of an assembly that is there already. */
async function run(): Promise<void> {
  const { values } = parseArgs({ options: { assembly: { type: 'string' } } });
  const folder = mkdtempSync(join(tmpdir(), 'tracker-cost-'));
  try {
    const assembly = values.assembly ?? (await synthesizeProd(join(folder, 'synth')));
    const stack = await startStack(assembly, readAssembly(assembly).template, join(folder, 'data'));
    try {
      await writeFormatted(join(__dirname, '..', 'measured.json'), JSON.stringify(await measure(stack)));
    } finally {
      await stack.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

void run();
