import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chosenMutations, chosenScenarios } from './choice';
import { proveHelp, readProveOptions } from './options';
import { holds } from './prove-scenario';
import { figure, outboundRows, plainTable, tableRows } from './report/table';
import { writeReport } from './report/write-report';
import { runMutations } from './run-mutations';
import { runScenarios } from './run-scenarios';
import { readScenarios } from './scenario';
import { synthesizeProd } from './stack/assembly';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const options = readProveOptions(process.argv.slice(2));
  if (options === 'help') return say(proveHelp);
  const startedAt = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'prove-'));
  // Nothing of a run outlives it, however it ends.
  process.once('exit', () => {
    if (!options.keep) rmSync(folder, { recursive: true, force: true });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

  say(`Seed ${options.seed}: --seed ${options.seed} repeats its chances.`);
  const assembly = options.assembly ?? (await synthesizeProd(join(folder, 'synthesized')));
  const all = readScenarios();
  const run = { assembly, folder, lanes: options.lanes, keep: options.keep, seed: options.seed, say };
  const outcomes = await runScenarios(chosenScenarios(all, options), run);
  const caught = await runMutations(chosenMutations(options), all, run);
  const minutes = (Date.now() - startedAt) / 60_000;
  if (outcomes.length > 0) say(`\n${plainTable(tableRows(outcomes))}\n`);
  const outbound = outboundRows(outcomes);
  if (outbound.length > 0) say(`${plainTable(outbound)}\n`);
  for (const { mutation, caught: isCaught } of caught) say(`${isCaught ? 'caught' : 'NOT CAUGHT'}  ${mutation.name}`);
  const postbacks = outcomes.reduce((sum, { tally }) => sum + tally.attempted, 0);
  const good = outcomes.every(holds) && caught.every((one) => one.caught);
  say(
    `${good ? 'Proven' : 'NOT proven'}: ${figure(postbacks)} postbacks in ${minutes.toFixed(1)} minutes, seed ${options.seed}.`,
  );
  if (options.write) await writeReport(outcomes, caught, minutes, options.seed);
  process.exitCode = good ? 0 : 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
