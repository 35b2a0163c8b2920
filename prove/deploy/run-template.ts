import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesize } from '../../local/assembly/synthesize';
import { openDataFolder } from '../../local/data-folder/open';
import { textTable } from './text-table';
import { installTools } from './emulator/tools';
import { type FaultOutcome, findingsOf, proveFault } from './prove-template';
import { allFaults } from './template-faults/all-faults';
import { startLayers } from './template-layers/all-layers';
import { readSubject } from './template-layers/subject';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function synthesized(folder: string, stage: 'dev' | 'prod'): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const data = openDataFolder(folder);
  try {
    return (await synthesize(data, stage)).directory;
  } finally {
    data.lock.release();
  }
}

const help = `Puts mistakes into the template of prod, one at a time, and looks which layer of checks finds each.

  npm run prove:template -- [options]

  --cfn-lint   ask cfn-lint too, which is installed from PyPI; some minutes
  --help       this text
`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'cfn-lint': { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) return say(help);
  const startedAt = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'prove-template-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

  const python = values['cfn-lint'] ? await installTools(folder) : undefined;
  const { layers, stop } = await startLayers(folder, python);
  try {
    const prod = readSubject(await synthesized(join(folder, 'prod'), 'prod'), 'prod');
    const dev = readSubject(await synthesized(join(folder, 'dev'), 'dev'), 'dev');
    const cries = [...(await findingsOf(layers, prod)), ...(await findingsOf(layers, dev))];
    for (const { layer, finding } of cries)
      say(`${layer} finds in the stack as it is: ${finding.rule}: ${finding.message}`);
    say(`The stacks as they are: ${cries.length} findings of ${layers.length} layers.\n`);
    const outcomes: FaultOutcome[] = [];
    for (const fault of allFaults) outcomes.push(await proveFault(layers, prod, fault));
    say(textTable([['fault', 'caught by', 'found also by'], ...outcomes.map(tableRow)]));
    const missed = outcomes.filter(({ caught }) => !caught);
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(0);
    say(`\n${outcomes.length - missed.length} of ${outcomes.length} faults caught by name, in ${seconds} s.`);
    process.exitCode = missed.length === 0 && cries.length === 0 ? 0 : 1;
  } finally {
    await stop();
  }
}

function tableRow({ fault, found, caught }: FaultOutcome): readonly string[] {
  const [layer, rule] = fault.caughtBy;
  const also = found.filter((one) => one.layer !== layer).map((one) => `${one.layer} ${one.finding.rule}`);
  return [
    fault.title,
    caught ? `${layer} ${rule}` : `NOT CAUGHT: expected ${layer} ${rule}`,
    [...new Set(also)].join(', '),
  ];
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
