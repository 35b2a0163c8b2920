import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measured, flowNames, type Measured } from '../../cost/measured';
import { measure } from '../../cost/measure/measure';
import { startStack } from '../../cost/measure/running-stack';
import { readAssembly } from '../../local/assembly/read-assembly';
import { synthesized } from '../e2e/assembly';

// A sample of a flow through the queue may be taken three times.
jest.setTimeout(240_000);

const folder = mkdtempSync(join(tmpdir(), 'tracker-cost-'));
let today: Measured;

beforeAll(async () => {
  const assembly = await synthesized('prod');
  const stack = await startStack(assembly, readAssembly(assembly).template, folder);
  try {
    today = await measure(stack);
  } finally {
    await stack.stop();
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

const anew =
  'cost/measured.json is out of date: run `npm run cost:measure && npm run docs` and look at what became dearer';

/** Within so many percent and a little, since IDs and digits of a time have no fixed length. */
function about(value: number, percent: number, little: number): (other: number) => boolean {
  return (other) => Math.abs(other - value) <= (value * percent) / 100 + little;
}

describe.each(flowNames)('%s', (name) => {
  test('asks as much of API, functions and queue as was written down', () => {
    const { apiRequests, invocations, queueRequests, metrics } = measured.flows[name];

    expect({ anew, ...today.flows[name] }).toMatchObject({ anew, apiRequests, invocations, queueRequests, metrics });
  });

  test('asks as many units of the tables', () => {
    const [then, now] = [measured.flows[name], today.flows[name]];
    // A configuration that is a minute old is read again; a flood has as many rows as it has minutes.
    const slack = { forged: 0.15, queued: 1 }[name as string] ?? 0.2;

    expect([anew, about(then.readUnits, 0, slack)(now.readUnits), now.readUnits, then.readUnits]).toEqual([
      anew,
      true,
      now.readUnits,
      then.readUnits,
    ]);
    expect([anew, about(then.writeUnits, 0, slack)(now.writeUnits)]).toEqual([anew, true]);
  });

  test('writes as many bytes to logs and tables, and answers with as many', () => {
    const [then, now] = [measured.flows[name], today.flows[name]];
    // How many rows a flood leaves is the clock's.
    const percent = name === 'forged' ? 120 : 5;

    expect(Object.keys(now.itemBytes)).toEqual(Object.keys(then.itemBytes));
    for (const [table, bytes] of Object.entries(then.itemBytes)) {
      expect([anew, table, about(bytes, percent, 8)(now.itemBytes[table] ?? 0)]).toEqual([anew, table, true]);
    }
    expect([anew, 'log', about(then.logBytes, 5, 8)(now.logBytes)]).toEqual([anew, 'log', true]);
    expect([anew, 'answer', about(then.responseBytes, 5, 8)(now.responseBytes)]).toEqual([anew, 'answer', true]);
  });
});

test('a delivery asks as much of functions, tables and queue as was written down, and writes as many bytes', () => {
  const { logBytes, itemBytes, readUnits, roundTrips, ...counts } = measured.delivery;

  expect({ anew, ...today.delivery }).toMatchObject({ anew, ...counts });
  // A configuration that is a minute old is read again, by both functions.
  expect([anew, about(readUnits, 0, 0.5)(today.delivery.readUnits)]).toEqual([anew, true]);
  expect([anew, about(roundTrips, 0, 0.5)(today.delivery.roundTrips)]).toEqual([anew, true]);
  expect([anew, about(logBytes, 5, 8)(today.delivery.logBytes)]).toEqual([anew, true]);
  expect([anew, about(itemBytes, 5, 8)(today.delivery.itemBytes)]).toEqual([anew, true]);
});

test('items are kept as long as was written down', () => {
  expect({ anew, ...today.daysKept }).toEqual({ anew, ...measured.daysKept });
});
