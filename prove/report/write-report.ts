import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Outcome } from '../prove-scenario';
import type { Caught } from '../run-mutations';
import { writeBetweenMarkers } from './document';
import { figure, outboundRows, reportTable, tableRows } from './table';

const document = join(__dirname, '..', '..', 'docs', 'reliability.md');

/** Writes the figures of a full run into the document. */
export async function writeReport(
  outcomes: readonly Outcome[],
  caught: readonly Caught[],
  minutes: number,
  seed: number,
): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const total = figure(outcomes.reduce((sum, { tally }) => sum + tally.attempted, 0));
  const requests = figure(outcomes.reduce((sum, one) => sum + one.requests, 0));
  const clicks = figure(outcomes.reduce((sum, one) => sum + one.clicks, 0));
  const machine = `${cpus().length} cores, Node.js ${process.versions.node}`;
  const run = `Run on ${day} (${machine}): ${total} postbacks in ${requests} requests, for ${clicks} clicks, in ${minutes.toFixed(1)} minutes, seed ${seed}.`;
  await writeBetweenMarkers(document, {
    results: `${run}\n\n${reportTable(tableRows(outcomes))}`,
    outbound: reportTable(outboundRows(outcomes)),
    mutations: reportTable([
      ['mistake in the product', 'scenario', 'caught', 'lost', 'duplicated', 'stored wrong', 'reported wrong'],
      ...caught.map(({ mutation, outcome: { tally }, caught: isCaught }) => [
        mutation.title,
        mutation.scenario,
        isCaught ? 'yes' : '**no**',
        ...[tally.lost, tally.duplicated, tally.storedWrong, tally.reportedWrong].map(figure),
      ]),
    ]),
  });
}
