import { FaultTable, readFaultRules } from '../../local/wire/faults';
import { readWireRequest } from '../../local/wire/request';

const request = readWireRequest(
  { 'x-amz-target': 'DynamoDB_20120810.PutItem', authorization: 'AWS4-HMAC-SHA256 Credential=LOCALClick/2026/x' },
  '{"TableName":"Stack-Clicks"}',
);
if (request === undefined) throw new Error('the request of this test is not read');
const subject = { request, functionNames: ['Click', 'Stack-Click'], targetNames: ['Clicks', 'Stack-Clicks'] };

test.each([
  [{ kind: 'reset' }, true],
  [{ kind: 'reset', service: 'dynamodb', operation: 'PutItem', table: 'Clicks', function: 'Click' }, true],
  [{ kind: 'reset', table: 'Stack-Clicks' }, true],
  [{ kind: 'reset', service: 'sqs' }, false],
  [{ kind: 'reset', operation: 'GetItem' }, false],
  [{ kind: 'reset', table: 'Conversions' }, false],
  [{ kind: 'reset', queue: 'Clicks' }, false],
  [{ kind: 'reset', function: 'Postback' }, false],
] as const)('rule %j matches a click write: %s', (rule, expected) => {
  const table = new FaultTable();
  table.add(rule);

  expect(table.take(subject) !== undefined).toBe(expected);
});

test('hits as often as its count says', () => {
  const table = new FaultTable();
  table.add({ kind: 'throttle', count: 2 });
  table.add({ kind: 'delay', delayMs: 5 });

  expect([1, 2, 3].map(() => table.take(subject)?.kind)).toEqual(['throttle', 'throttle', 'delay']);
  expect(table.list().map(({ hits }) => hits)).toEqual([2, 1]);
});

test('hits the share of requests that its rate says', () => {
  const draws = [0.1, 0.9, 0.2];
  const table = new FaultTable(() => draws.shift() ?? 1);
  table.add({ kind: 'error500', rate: 0.5 });

  expect([1, 2, 3].map(() => table.take(subject)?.kind)).toEqual(['error500', undefined, 'error500']);
});

test('is empty after all rules are removed', () => {
  const table = new FaultTable();
  const { id } = table.add({ kind: 'reset' });
  table.add({ kind: 'hang' });

  expect(table.remove(id)).toBe(1);
  expect(table.remove()).toBe(1);
  expect(table.take(subject)).toBeUndefined();
});

test.each([
  [{ kind: 'explode' }, /needs a kind/],
  [{ kind: 'reset', tabel: 'x' }, /no field "tabel"/],
  [{ kind: 'reset', count: -1 }, /"count"/],
  [{ kind: 'reset', rate: 2 }, /"rate"/],
  [{ kind: 'delay' }, /needs delayMs/],
  [{ kind: 'hold' }, /needs delayMs/],
  [{ kind: 'zombie', queue: 'RetryQueue' }, /zombie takes a table, and no queue/],
  [{ kind: 'redeliver', bucket: 'Facts' }, /redeliver takes a queue or a table, and no bucket/],
  ['reset', /JSON object/],
])('says what is wrong with %j', (rule, message) => {
  expect(readFaultRules(rule)).toMatch(message);
});

test('of the delivery of messages or records hits no call, and the other way round', () => {
  const delivery = { functionNames: ['Retry'], queueNames: ['RetryQueue'] };
  const records = { functionNames: ['Count'], tableNames: ['Clicks'] };
  const table = new FaultTable();
  table.add({ kind: 'redeliver', queue: 'RetryQueue', function: 'Retry', count: 1 });
  table.add({ kind: 'redeliver', queue: 'Elsewhere' });
  table.add({ kind: 're-cut', table: 'Clicks', count: 1 });
  table.add({ kind: 'zombie', function: 'Retry' });
  table.add({ kind: 'kill' });

  expect(table.take(subject)?.kind).toBe('kill');
  expect([1, 2].map(() => table.takeQueueDelivery(delivery)?.kind)).toEqual(['redeliver', undefined]);
  expect([1, 2].map(() => table.takeStreamDelivery(records)?.kind)).toEqual(['re-cut', undefined]);
});

test('reads one rule or a list of them', () => {
  expect(readFaultRules({ kind: 'reset', count: 1 })).toEqual([{ kind: 'reset', count: 1 }]);
  expect(readFaultRules([{ kind: 'hang' }, { kind: 'reset' }])).toHaveLength(2);
});

test('a share hits at least once where as many requests match as one hit is expected of', () => {
  for (let seed = 0; seed < 200; seed++) {
    const table = new FaultTable();
    table.add({ kind: 'error500', rate: 0.05, seed });
    const hits = Array.from({ length: 20 }, () => table.take(subject)).filter((fault) => fault !== undefined);
    expect(hits.length).toBeGreaterThan(0);
  }
});

test('with one seed a share hits the same requests, and with another one others', () => {
  const hitsOf = (seed: number): readonly boolean[] => {
    const table = new FaultTable();
    table.add({ kind: 'error500', rate: 0.5, seed });
    return Array.from({ length: 50 }, () => table.take(subject) !== undefined);
  };

  expect(hitsOf(1)).toEqual(hitsOf(1));
  expect(hitsOf(1)).not.toEqual(hitsOf(2));
});
