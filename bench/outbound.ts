/**
 * Measures how long conversions wait for nine traffic sources while a tenth hangs that has a thousand of them queued, on the local stack.
 *   npm run bench:outbound     (some three minutes; writes its figures into docs/outbound.md)
 */
import { cpus } from 'node:os';
import { join } from 'node:path';
import { writeBetweenMarkers } from '../prove/report/document';
import { root, synthesized } from '../test/e2e/assembly';
import { isolation, type Isolation } from './stack/isolation';

const queued = 1000;
const seconds = 30;

async function main(): Promise<void> {
  const measured = await isolation(await synthesized('prod'), queued, seconds);
  console.log(JSON.stringify(measured, undefined, 2));
  const day = new Date().toISOString().slice(0, 10);
  await writeBetweenMarkers(join(root, 'docs', 'outbound.md'), { isolation: textOf(measured, day, cpus().length) });
}

function textOf(measured: Isolation, day: string, cores: number): string {
  const { queued: waiting, others, conversions, p50, p95, longest, undisturbed, hangingCalls } = measured;
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [
    `Measured on ${day} with \`npm run bench:outbound\` on ${cores} cores, for ${conversions} conversions of ${others} sources, from the answer to the`,
    `sender to the call of the source, in milliseconds. The source that hangs was called ${hangingCalls} times meanwhile.`,
    '',
    row(['', 'p50', 'p95', 'longest']),
    row(['---', '--:', '--:', '--:']),
    row(['every source answers', undisturbed.p50, undisturbed.p95, '–']),
    row([`a tenth source hangs, with ${waiting.toLocaleString('en-US')} deliveries queued`, p50, p95, longest]),
  ].join('\n');
}

void main();
