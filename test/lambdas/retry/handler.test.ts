import type * as handlerModule from '../../../lambdas/retry/handler';
import { randomUUID } from 'node:crypto';
import type { SQSRecord } from 'aws-lambda';
import * as fc from 'fast-check';
import { deadLetterAttribute, sentAgainAttribute } from '../../../lambdas/contract';
import * as metric from '../../../lambdas/counters';
import { writeClickMessage, writePostbackMessage, type QueuedPostback } from '../../../lambdas/domain/queue/message';
import { giveUpMilliseconds } from '../../../lambdas/domain/queue/backoff';
import { capturedLines, type CapturedLines } from '../adapters/support/captured-lines';
import { newClickId, newRequestId, sumOf } from '../adapters/support/claims';
import { master } from '../adapters/support/secret-server';
import { clickOf, requestOf, startWorld, type World } from '../adapters/support/world';

type Handler = typeof handlerModule;
let world: World;
let lines: CapturedLines;
let handle: Handler['handler'];

beforeAll(async () => {
  world = await startWorld({ configCacheSeconds: 60 });
  handle = jest.requireActual<Handler>('../../../lambdas/retry/handler').handler;
});
beforeEach(() => (lines = capturedLines()));
afterEach(() => {
  lines.end();
  world.reset();
});
afterAll(() => world.stop());

function recordOf(body: string, deliveries = 1, sentAt = Date.now() - 60_000): SQSRecord {
  const messageId = randomUUID();
  return {
    messageId,
    receiptHandle: `receipt of ${messageId}`,
    body,
    attributes: {
      ApproximateReceiveCount: String(deliveries),
      SentTimestamp: String(sentAt),
      SenderId: 'sender',
      ApproximateFirstReceiveTimestamp: String(Date.now()),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:RetryQueue',
    awsRegion: 'us-east-1',
  };
}

async function handled(...records: readonly SQSRecord[]): Promise<readonly string[]> {
  const { batchItemFailures } = await handle({ Records: [...records] }, { getRemainingTimeInMillis: () => 30_000 });
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

const postbackMessage = (clickId: string, fields: Record<string, string> = { amount: '1' }) =>
  writePostbackMessage(
    {
      request: requestOf({ clickid: clickId, ...fields }),
      requestId: newRequestId(),
      reason: 'PENDING_RETRY',
    },
    master,
  );

const waitingMessage = (clickId: string, fields: Partial<QueuedPostback> = {}) =>
  writePostbackMessage(
    {
      request: requestOf({ clickid: clickId }),
      requestId: newRequestId(),
      reason: 'PENDING_UNMATCHED',
      unmatchedSince: Date.now(),
      ...fields,
    },
    master,
  );

test('what is done is not reported, and is counted', async () => {
  const { clickId } = await world.click();

  expect(await handled(recordOf(postbackMessage(clickId)), recordOf(writeClickMessage(clickOf())))).toEqual([]);
  expect(sumOf(await world.storage.conversionsOf(clickId))).toBe('1');
  expect(lines.counts()).toEqual({ [metric.postbackRecorded]: 1 });
  expect([world.queue.hidden, world.queue.deadLetters]).toEqual([[], []]);
});

test('what waits is hidden for its time and reported, so that it comes back', async () => {
  const record = recordOf(waitingMessage(newClickId()), 3);

  expect(await handled(record)).toEqual([record.messageId]);
  const [hidden] = world.queue.hidden;
  expect(hidden?.receiptHandle).toBe(record.receiptHandle);
  expect(hidden?.seconds).toBeGreaterThanOrEqual(13);
  expect(hidden?.seconds).toBeLessThanOrEqual(20);
});

test('how long the oldest message has waited is told when it comes back, since SQS leaves it out of its own age', async () => {
  world.storage.proxy.break({ fault: 'throttle', table: 'Clicks' });
  const day = 86_400_000;
  const replacement = recordOf(writeClickMessage(clickOf()), 1, Date.now() - 60_000);
  const attribute = { dataType: 'String', stringValue: new Date(Date.now() - 2 * day).toISOString() };
  const told = () => lines.records.map((record) => Number(record[metric.retryWaitSeconds])).filter(Number.isFinite);

  await handled(recordOf(writeClickMessage(clickOf()), 1, Date.now() - day));
  expect(told()).toEqual([]);
  await handled(recordOf(writeClickMessage(clickOf()), 3, Date.now() - day), recordOf(writeClickMessage(clickOf()), 2));
  expect(told()).toEqual([expect.closeTo(86_400, -2)]);
  await handled({ ...replacement, messageAttributes: { [sentAgainAttribute.firstSentAt]: attribute } });
  expect(told()).toEqual([expect.closeTo(86_400, -2), expect.closeTo(172_800, -2)]);
});

test('what storage rejects is hidden for longer each time, at last for half an hour', async () => {
  world.storage.proxy.break({ fault: 'throttle', table: 'Clicks' });
  const days = Date.now() - giveUpMilliseconds / 2;
  for (const deliveries of [1, 2, 5, 10, 14]) await handled(recordOf(writeClickMessage(clickOf()), deliveries, days));

  const seconds = world.queue.hidden.map((hidden) => hidden.seconds);
  // Each is shortened by up to a third, by chance.
  [5, 10, 80, 1800, 1800].forEach((full, at) => {
    expect(seconds[at]).toBeLessThanOrEqual(full);
    expect(seconds[at]).toBeGreaterThanOrEqual(Math.floor((full * 2) / 3));
  });
});

test('what storage has rejected for five days is put aside with its reason and times, and is done with', async () => {
  world.storage.proxy.break({ fault: 'throttle', table: 'Clicks' });
  const record = recordOf(writeClickMessage(clickOf()), 250, Date.now() - giveUpMilliseconds - 1000);

  expect(await handled(record)).toEqual([]);
  const [letter] = world.queue.deadLetters;
  expect(letter).toMatchObject({
    body: record.body,
    attributes: {
      [deadLetterAttribute.reason]: expect.stringMatching(/^STORAGE_REFUSED: \w+$/),
      [deadLetterAttribute.firstFailedAt]: new Date(Number(record.attributes.SentTimestamp)).toISOString(),
    },
  });
  expect(lines.counts()).toMatchObject({ [metric.messageDeadLettered]: 1 });
});

test('a postback that is put aside says so in the log, and what is then sent again replaces that', async () => {
  const { clickId } = await world.click();
  const requestId = newRequestId();
  const body = writePostbackMessage(
    { request: requestOf({ clickid: clickId, amount: '2' }), requestId, reason: 'PENDING_BATCH', batchId: 'b' },
    master,
  );
  const row = async () => (await world.storage.logRows()).find((one) => one.requestId === requestId);
  world.storage.proxy.break({ fault: 'throttle', table: 'Conversions' });

  expect(await handled(recordOf(body, 250, Date.now() - giveUpMilliseconds - 1000))).toEqual([]);
  expect(world.queue.deadLetters).toHaveLength(1);
  expect(await row()).toMatchObject({ result: 'error', reason: 'SYSTEM_ERROR', batchId: 'b', attempts: 250 });

  world.storage.proxy.heal();
  expect(await handled(recordOf(body))).toEqual([]);
  expect(await row()).toMatchObject({ result: 'recorded', reason: 'OK', attempts: 1 });
});

test('a postback that learns that its click is not here goes on as another message, and is done with itself', async () => {
  const record = recordOf(postbackMessage(newClickId()), 4, Date.now() - 90_000);

  expect(await handled(record)).toEqual([]);
  const [sent, ...others] = world.queue.sent;
  expect([others, world.queue.hidden]).toEqual([[], []]);
  expect(sent?.attributes).toEqual({
    [sentAgainAttribute.firstSentAt]: new Date(Number(record.attributes.SentTimestamp)).toISOString(),
  });
  expect(sent?.delaySeconds).toBeLessThanOrEqual(5);
});

test('what came back often is tried after its neighbours were done and deleted', async () => {
  const { clickId } = await world.click();
  const often = recordOf(postbackMessage(clickId), 7);
  const fresh = recordOf(writeClickMessage(clickOf()));

  expect(await handled(often, fresh)).toEqual([]);
  expect(world.queue.deleted).toEqual([fresh.receiptHandle]);
});

test("what kept coming back at the queue's own pace is set apart, and put aside if it does so again", async () => {
  const { clickId } = await world.click();
  const body = postbackMessage(clickId);
  const hours = Date.now() - 2 * 60 * 60 * 1000;

  expect(await handled(recordOf(body, 20, hours))).toEqual([]);
  expect(world.queue.sent.map(({ attributes }) => attributes[sentAgainAttribute.setApart])).toEqual(['true']);
  const apart = recordOf(body, 20, hours);
  apart.messageAttributes[sentAgainAttribute.setApart] = { dataType: 'String', stringValue: 'true' };
  expect(await handled(apart)).toEqual([]);
  expect(world.queue.deadLetters.map(({ attributes }) => attributes['reason'])).toEqual(['FUNCTION_DIED']);
  expect(await world.storage.conversionsOf(clickId)).toEqual([]);
});

test('a message that nobody can read is put aside at once, and comes back where not even that works', async () => {
  const record = recordOf('poison');

  expect(await handled(record)).toEqual([]);
  expect(world.queue.deadLetters.map(({ body, attributes }) => [body, attributes['reason']])).toEqual([
    ['poison', expect.stringContaining('MESSAGE_UNREADABLE')],
  ]);

  world.queue.reset();
  world.queue.rejects = () => true;
  expect(await handled(record)).toEqual([record.messageId]);
  expect(world.queue.deadLetters).toEqual([]);
});

test('what cannot even be hidden is reported all the same: it comes back by itself', async () => {
  world.queue.rejects = ({ operation }) => operation === 'ChangeMessageVisibility';
  const record = recordOf(waitingMessage(newClickId()));

  expect(await handled(record)).toEqual([record.messageId]);
});

test('the IDs reported are those of the messages that failed: never more, never fewer', async () => {
  const outcomes = {
    done: { fails: false, make: async () => postbackMessage((await world.click()).clickId) },
    'another click of the campaign': { fails: false, make: async () => writeClickMessage(clickOf()) },
    refused: { fails: false, make: async () => postbackMessage((await world.click()).clickId, { amount: 'x' }) },
    poison: { fails: false, make: async () => `poison ${randomUUID()}` },
    unmatched: { fails: true, make: async () => waitingMessage(newClickId()) },
    'poison that cannot be put aside': { fails: true, make: async () => `stuck ${randomUUID()}` },
  } as const;
  const kinds = Object.keys(outcomes) as (keyof typeof outcomes)[];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 10 }), async (batch) => {
      world.reset();
      world.queue.rejects = ({ body }) => body.startsWith('stuck');
      const records = await Promise.all(batch.map(async (kind) => recordOf(await outcomes[kind].make())));

      const failed = records.filter((_, at) => outcomes[batch[at] ?? 'done'].fails).map(({ messageId }) => messageId);
      expect((await handled(...records)).toSorted()).toEqual(failed.toSorted());
      expect(world.queue.deadLetters).toHaveLength(batch.filter((kind) => kind === 'poison').length);
    }),
    { numRuns: 12 },
  );
}, 30_000);

test('ten deliveries of one postback at once count once', async () => {
  const { clickId } = await world.click();
  const body = postbackMessage(clickId, { amount: '4' });

  expect(await handled(...Array.from({ length: 10 }, () => recordOf(body)))).toEqual([]);
  expect(sumOf(await world.storage.conversionsOf(clickId))).toBe('4');
});

test('a dead letter sent again, and again, changes nothing', async () => {
  const { clickId } = await world.click();
  const body = postbackMessage(clickId, { amount: '4' });
  await handled(recordOf(body));
  const before = await world.storage.conversionsOf(clickId);

  await handled(recordOf(body));
  await handled(recordOf(body, 9));
  expect(await world.storage.conversionsOf(clickId)).toEqual(before);
});
