/**
 * Clicks and recorded postbacks a second on the local stack, fresh and aged, and what each costs.
 *   npm run bench              (some five minutes; aged by 20,000 clicks and 5,000 postbacks; reports of a million rows)
 *   npm run bench -- --full    (some twenty; aged by 200,000 clicks and 50,000 postbacks; reports of ten million rows as well)
 *   npm run bench -- --reports  (some minutes; reports of one and ten million rows, and counting, beside the figures of the last run)
 *   npm run bench -- --counting (a minute or two; counting alone, printed and not written)
 * Writes bench/measured.json and docs/performance.md.
 */
import { readFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { writeFormatted } from '../../prove/report/document';
import { root, synthesized } from '../../test/e2e/assembly';
import { startLocalStack } from '../../test/e2e/local-stack';
import { countRate, type CountRate } from './count-rate';
import { handlerCosts } from './handler-cost';
import { importTimes } from './import-time';
import { BenchLoad, type Measurement } from './load';
import type { BenchResults } from './measured';
import { performancePage } from './page';
import { parts } from './process-cost';
import { reportTimes, type ReportTime } from './report-time';
import { setUpTracker } from './tracker';

const stage = 'prod';
const warmUp = { clicks: 2000, postbacks: 1000 };
/** Longer than changes wait to be counted, and functions that a burst started wait for another request. */
const restMilliseconds = 120_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      full: { type: 'boolean', default: false },
      reports: { type: 'boolean', default: false },
      counting: { type: 'boolean', default: false },
      counted: { type: 'string', default: '600000' },
      connections: { type: 'string', default: '16' },
      clicks: { type: 'string', default: '8000' },
      postbacks: { type: 'string', default: '3000' },
      rows: { type: 'string', default: '1000000' },
      age: { type: 'string' },
    },
  });
  const connections = Number(values.connections);
  const rows = Number(values.rows);
  const sample = { clicks: Number(values.clicks), postbacks: Number(values.postbacks) };
  const aged = Number(values.age ?? (values.full ? 200_000 : 20_000));
  const age = { clicks: aged, postbacks: aged / 4 };
  const assembly = await synthesized(stage);
  const counting = () => countRate(assembly, Number(values.counted));
  if (values.counting) return void sayCounting(await counting());
  if (values.reports) {
    const reports = await reportsOf([rows, 10 * rows]);
    return write({ ...lastRun(), reports, counting: sayCounting(await counting()) });
  }
  const stack = await startLocalStack({ assembly });
  try {
    const tracker = await setUpTracker(stack.url);
    const load = new BenchLoad(tracker, stack.processId, connections);
    await load.clicks('warm-up', warmUp.clicks);
    await load.postbacksFor('warm-up', warmUp.postbacks);
    const measureBoth = async (): Promise<Measurement[]> => [
      say(await load.clicks('clicks', sample.clicks)),
      say(await load.postbacksFor('recorded postbacks', sample.postbacks)),
    ];
    const fresh = await measureBoth();
    const { queues } = await stack.health();
    const gatewayUrl = new URL(queues[0]?.url ?? '').origin;
    const handlers = await handlerCosts(assembly, gatewayUrl, tracker, { warmUp: 1000, measured: sample.clicks / 4 });
    for (const { what, median, p90 } of handlers) console.log(`${what}: ${median} ms of a core, p90 ${p90} ms`);
    console.log(`ageing by ${age.clicks} clicks and ${age.postbacks} postbacks …`);
    await load.clicks('ageing', age.clicks);
    await load.postbacksFor('ageing', age.postbacks);
    const measurements = await measureBoth();
    await delay(restMilliseconds);
    const memoryAtRest = load.meter.read()?.memory;
    const [first] = cpus();
    const measured: BenchResults = {
      date: new Date().toISOString().slice(0, 10),
      machine: {
        cpu: first?.model ?? 'an unknown processor',
        cores: cpus().length,
        memoryGigabytes: Math.round(totalmem() / 1e9),
        system: `${platform()} ${release()}`,
      },
      node: process.versions.node,
      stage,
      connections,
      fresh,
      aged: { ...age, measurements },
      ...(memoryAtRest !== undefined && { memoryAtRest }),
      handlers,
      imports: importTimes(assembly),
      reports: await reportsOf(values.full ? [rows, 10 * rows] : [rows]),
      counting: sayCounting(await counting()),
    };
    await write(measured);
  } finally {
    await stack.remove();
  }
}

async function reportsOf(sizes: readonly number[]): Promise<ReportTime[]> {
  const reports: ReportTime[] = [];
  for (const rows of sizes) reports.push(...(await reportTimes(rows)));
  for (const { what, rows, milliseconds, scannedMegabytes, dollars } of reports) {
    console.log(
      `report of ${rows} clicks, ${what}: ${milliseconds} ms, ${scannedMegabytes} MB scanned, for $${dollars} in Athena`,
    );
  }
  return reports;
}

function sayCounting(rate: CountRate): CountRate {
  const { clicks, batch, cpuMilliseconds, writeUnits, drift } = rate;
  console.log(
    `counting ${clicks} clicks by ${batch}: ${cpuMilliseconds} ms of a core and ${writeUnits} write units each, drift ${drift}`,
  );
  return rate;
}

const measuredFile = join(root, 'bench', 'measured.json');

function lastRun(): BenchResults {
  const last: BenchResults = JSON.parse(readFileSync(measuredFile, 'utf8'));
  const isWhole = last.fresh.every(
    ({ each }) => each === undefined || parts.every((part) => part in each.cpuMilliseconds),
  );
  if (!isWhole) throw new Error('bench/measured.json is of an earlier bench. Run npm run bench first.');
  return last;
}

async function write(measured: BenchResults): Promise<void> {
  await writeFormatted(measuredFile, JSON.stringify(measured, undefined, 2));
  await writeFormatted(join(root, 'docs', 'performance.md'), performancePage(measured));
}

function say(measurement: Measurement): Measurement {
  const { what, perSecond, p50, p99 } = measurement;
  console.log(`${what}: ${perSecond} a second, p50 ${p50} ms, p99 ${p99} ms`);
  return measurement;
}

void main();
