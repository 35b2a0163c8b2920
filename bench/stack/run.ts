/**
 * Clicks and recorded postbacks a second on the local stack, fresh and aged, and what each costs.
 *   npm run bench              (some minutes; aged by 20,000 clicks and 5,000 postbacks)
 *   npm run bench -- --full    (aged by 200,000 clicks and 50,000 postbacks)
 * Writes bench/measured.json and docs/performance.md.
 */
import { writeFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { root, synthesized } from '../../test/e2e/assembly';
import { startLocalStack } from '../../test/e2e/local-stack';
import { importTimes } from './import-time';
import { BenchLoad, type Measurement } from './load';
import type { BenchResults } from './measured';
import { performancePage } from './page';
import { costOf } from './process-cost';
import { setUpTracker } from './tracker';

const stage = 'prod';
const warmUp = { clicks: 2000, postbacks: 1000 };
/** Longer than the stack keeps what a burst left over. */
const restMilliseconds = 45_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      full: { type: 'boolean', default: false },
      connections: { type: 'string', default: '16' },
      clicks: { type: 'string', default: '8000' },
      postbacks: { type: 'string', default: '3000' },
    },
  });
  const connections = Number(values.connections);
  const sample = { clicks: Number(values.clicks), postbacks: Number(values.postbacks) };
  const age = values.full ? { clicks: 200_000, postbacks: 50_000 } : { clicks: 20_000, postbacks: 5000 };
  const assembly = await synthesized(stage);
  const stack = await startLocalStack({ assembly });
  try {
    const load = new BenchLoad(await setUpTracker(stack.url), stack.processId, connections);
    await load.clicks('warm-up', warmUp.clicks);
    await load.postbacksFor('warm-up', warmUp.postbacks);
    const measureBoth = async (): Promise<Measurement[]> => [
      say(await load.clicks('clicks', sample.clicks)),
      say(await load.postbacksFor('recorded postbacks', sample.postbacks)),
    ];
    const fresh = await measureBoth();
    console.log(`ageing by ${age.clicks} clicks and ${age.postbacks} postbacks …`);
    await load.clicks('ageing', age.clicks);
    await load.postbacksFor('ageing', age.postbacks);
    const measurements = await measureBoth();
    await delay(restMilliseconds);
    const memoryAtRest = costOf(stack.processId)?.memory;
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
      imports: importTimes(assembly),
    };
    writeFileSync(join(root, 'bench', 'measured.json'), `${JSON.stringify(measured, undefined, 2)}\n`);
    writeFileSync(join(root, 'docs', 'performance.md'), performancePage(measured));
  } finally {
    await stack.remove();
  }
}

function say(measurement: Measurement): Measurement {
  const { what, perSecond, p50, p99 } = measurement;
  console.log(`${what}: ${perSecond} a second, p50 ${p50} ms, p99 ${p99} ms`);
  return measurement;
}

void main();
