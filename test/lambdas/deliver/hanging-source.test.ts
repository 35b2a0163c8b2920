import { SimulatedQueue, SimulatedTime } from './simulated-queue';

jest.setTimeout(120_000);

const others = Array.from({ length: 9 }, (_, at) => `source-${at}`);
const seconds = 60;

/** A thousand deliveries of a source that never answers, then one of each of nine others twice a second. */
async function simulated(): Promise<SimulatedQueue> {
  const time = new SimulatedTime();
  const queue = new SimulatedQueue(time, (source) => (source === 'hanging' ? undefined : 250));
  for (let at = 0; at < 1000; at += 1) queue.add('hanging');
  for (let half = 0; half < 2 * seconds; half += 1) {
    for (const source of others) queue.add(source);
    await time.runUntil((half + 1) * 500);
  }
  await time.runUntil((seconds + 10) * 1000);
  return queue;
}

let queue: SimulatedQueue;
beforeAll(async () => {
  process.env['STAGE'] = 'test';
  queue = await simulated();
});

test('while a source with a thousand deliveries hangs, 95 of 100 deliveries of nine others take less than 3 seconds', () => {
  const all = others.flatMap((source) => queue.latencies.get(source) ?? []).sort((left, right) => left - right);
  expect(all).toHaveLength(others.length * 2 * seconds);
  expect(all[Math.floor(all.length * 0.95)]).toBeLessThan(3000);
});

test('the source that hangs is called a few times, and none of its deliveries is lost', () => {
  const hanging = [...queue.rows.values()].filter(({ sourceId }) => sourceId === 'hanging');
  expect(hanging).toHaveLength(1000);
  expect(new Set(hanging.map(({ state }) => state))).toEqual(new Set(['due']));
  expect(queue.calls.get('hanging')).toBeLessThanOrEqual(50);
});
