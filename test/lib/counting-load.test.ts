import { writeClick } from '../../lambdas/adapters/clicks-table';
import { writeCheckpoint, writeObject } from '../../lambdas/adapters/fact-items';
import { quarterOf } from '../../lambdas/domain/facts/columns';
import { itemBytes } from '../lambdas/adapters/support/item-bytes';
import { clickOf } from '../lambdas/domain/facts/support';
import { logicalId, synthesized } from './synthesized';

// A campaign of 1,000 clicks a second: what it asks of AWS by the template and AWS's limits, where the whole stream is one shard.
const clicksPerSecond = 1000;
/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const eventBytes = 6 * 1024 * 1024;
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html */
const partitionWriteUnits = 1000;

const { resources } = synthesized('prod');
const mappings = resources('AWS::Lambda::EventSourceMapping');
const mapping = mappings[logicalId(mappings, 'CountingClicks')]?.['Properties'] ?? {};

const click = clickOf({
  subs: { sub1: 'brand-keyword', sub2: 'banner-300x250', sub3: 'placement-4711' },
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36',
});
const image = writeClick(click);
/** What stands around the image of a record in an event. */
const frameBytes = 600;
const perCall = Math.min(
  Number(mapping['BatchSize']),
  Math.floor(eventBytes / (Buffer.byteLength(JSON.stringify(image)) + frameBytes)),
);
const callsPerSecond = clicksPerSecond / perCall;

test('a call carries some seconds of clicks, and may take ten times as long', () => {
  const functions = resources('AWS::Lambda::Function');
  const timeout = Number(functions[logicalId(functions, 'FunctionsCount')]?.['Properties']?.['Timeout']);
  expect(perCall).toBeGreaterThan(3 * clicksPerSecond);
  expect(timeout * callsPerSecond).toBeGreaterThanOrEqual(10);
});

test('a change waits for its window and two calls at most, which is less than 90 s', () => {
  expect(Number(mapping['TumblingWindowInSeconds']) + 2 / callsPerSecond).toBeLessThan(90);
});

test('position and object take less than a hundredth of the write units of one partition', () => {
  const quarter = quarterOf(click.clickedAt);
  const name = 'clicks#2026-11-23T00:00:00.000#shardId-00000001795435200000-0a1b2c3d';
  const position = writeCheckpoint(name, { sequence: '1'.repeat(40), through: click.clickedAt }, click.expiresAt);
  const spans = { click: { first: quarter, last: quarter } };
  const object = writeObject({
    key: `clicks/counted/${'x'.repeat(40)}`,
    set: 'clicks',
    rows: perCall,
    bytes: 1e6,
    ...spans,
  });
  // A transaction takes two units for each kilobyte that has begun.
  const units = [position, object].reduce((sum, item) => sum + 2 * Math.ceil(itemBytes(item) / 1024), 0);
  expect(units * callsPerSecond).toBeLessThan(partitionWriteUnits / 100);
});

test('one run at a time counts a shard: more clicks take more shards, and no more runs of one', () => {
  expect(mapping).not.toHaveProperty('ParallelizationFactor');
});
