import {
  readMessage,
  writeClickMessage,
  writeLogMessage,
  writePostbackMessage,
  type QueuedPostback,
} from '../../../lambdas/domain/queue/message';
import { giveUpMilliseconds, unmatchedMilliseconds } from '../../../lambdas/domain/queue/backoff';
import type { PostbackRequest } from '../../../lambdas/domain/text/postback-request';
import type { Master } from '../../../lambdas/domain/trust/keys';
import type { JudgementStores } from '../../../lambdas/judgement/judge';
import { firstFacts } from '../../../lambdas/judgement/receive';
import { verdictOf } from '../../../lambdas/judgement/verdict';
import { logRowOf } from '../../../lambdas/judgement/log-row-of';
import type { MessageSettlement } from '../../../lambdas/retry/delivery';
import { settle } from '../../../lambdas/retry/settle';
import { clicksTable } from '../../../lambdas/adapters/clicks-table';
import * as metric from '../../../lambdas/counters';
import { tableNames } from '../../storage/local-dynamodb';
import { newClickId, newRequestId, sumOf } from '../adapters/support/claims';
import { master } from '../adapters/support/secret-server';
import { noHurry } from '../adapters/support/storage';
import { clickOf, requestOf, startWorld, submissionOf, type World } from '../adapters/support/world';

let world: World;
let stores: JudgementStores;

beforeAll(async () => {
  world = await startWorld({ configCacheSeconds: 60 });
  stores = world.newStores();
});
afterEach(() => world.reset());
afterAll(() => world.stop());

type Reason = 'PENDING_RETRY' | 'PENDING_UNMATCHED' | 'PENDING_BATCH';

function queued(
  request: PostbackRequest,
  reason: Reason = 'PENDING_RETRY',
  fields: Partial<QueuedPostback> = {},
  by: Master = master,
) {
  const requestId = newRequestId(request.receivedAt);
  const batchId = reason === 'PENDING_BATCH' ? { batchId: newRequestId() } : {};
  return { requestId, body: writePostbackMessage({ request, requestId, reason, ...batchId, ...fields }, by) };
}

/** The postback in the message that takes the place of another. */
function sentAgain(settlement: MessageSettlement): QueuedPostback {
  const reading = settlement.action === 'send-again' ? readMessage(settlement.body, master) : undefined;
  if (reading?.ok !== true || reading.message.kind !== 'postback') throw new Error(`it was ${settlement.action}`);
  return reading.message.postback;
}

const settled = (body: string, deliveries = 1, now = Date.now(), by = stores): Promise<MessageSettlement> =>
  settle(
    { body, deliveries },
    by,
    async () => world.queue.due,
    noHurry,
    () => now,
  );
const rowOf = async (requestId: string) => (await world.storage.logRows()).find((row) => row.requestId === requestId);

describe('a postback that waited for storage', () => {
  test('is recorded as of the moment when it came, and its log row says how often it was tried', async () => {
    const { clickId } = await world.click({ clickedAt: Date.now() - 3_700_000 });
    const receivedAt = Date.now() - 3_600_000;
    const { requestId, body } = queued(requestOf({ clickid: clickId, amount: '3' }, { receivedAt }));

    expect(await settled(body, 4)).toMatchObject({
      action: 'done',
      counts: { [metric.postbackRecorded]: 1 },
      fields: { requestId, result: 'recorded', deliveries: 4 },
    });
    expect(await rowOf(requestId)).toMatchObject({
      result: 'recorded',
      attempts: 5,
      receivedAt: new Date(receivedAt).toISOString(),
      clickToPostbackSeconds: 100,
    });
    expect((await world.storage.conversionsOf(clickId)).map(({ recordedAt }) => recordedAt)).toEqual([receivedAt]);
  });

  test('and is delivered twice, in any order, counts once and is told as recorded both times', async () => {
    const { clickId } = await world.click();
    const { body } = queued(requestOf({ clickid: clickId, amount: '3' }));

    const both = await Promise.all([settled(body), settled(body, 2)]);
    expect(both.concat(await settled(body, 3))).toMatchObject(
      Array.from({ length: 3 }, () => ({ action: 'done', fields: { result: 'recorded' } })),
    );
    expect(sumOf(await world.storage.conversionsOf(clickId))).toBe('3');
  });

  test('and that the first try had recorded after all is told as recorded', async () => {
    const { clickId } = await world.click();
    const { body } = queued(requestOf({ clickid: clickId, amount: '3' }));
    world.storage.proxy.break({ fault: 'lose-answer', table: 'Conversions' });
    await expect(settled(body)).rejects.toThrow('socket hang up');
    world.storage.proxy.heal();

    expect(await settled(body, 2)).toMatchObject({ action: 'done', fields: { result: 'recorded' } });
    expect(await world.storage.conversionsOf(clickId)).toHaveLength(1);
  });

  test('is rejected in the log where it would have been rejected at once', async () => {
    const { clickId } = await world.click();
    const { requestId, body } = queued(requestOf({ clickid: clickId, amount: 'x' }));

    expect(await settled(body)).toMatchObject({ action: 'done', counts: { [metric.postbackRejected]: 1 } });
    expect(await rowOf(requestId)).toMatchObject({ reason: 'AMOUNT_INVALID', httpStatus: 400, attempts: 2 });
  });

  test.each(['Clicks', 'Conversions', 'PostbackLog'])(
    'throws while %s does not take part: it is tried later',
    async (table) => {
      const { clickId } = await world.click();
      const { body } = queued(requestOf({ clickid: clickId, amount: '3' }));
      world.storage.proxy.break({ fault: 'throttle', table });

      await expect(settled(body)).rejects.toThrow('the table is throttled');
      world.storage.proxy.heal();
      expect(await settled(body, 2)).toMatchObject({ fields: { result: 'recorded' } });
      expect(sumOf(await world.storage.conversionsOf(clickId))).toBe('3');
    },
  );
});

describe('a postback that waits for its click', () => {
  test('waits in growing steps, none past the end of its hour', async () => {
    const receivedAt = Date.now();
    const { body } = queued(requestOf({ clickid: newClickId() }, { receivedAt }), 'PENDING_UNMATCHED');

    let now = receivedAt + 5000;
    const pauses: number[] = [];
    // Its first answer came with it, as in messages of the version before.
    for (let delivery = 1; now < receivedAt + unmatchedMilliseconds; delivery++) {
      const settlement = await settled(body, delivery, now);
      if (settlement.action !== 'wait') throw new Error(`it was ${settlement.action} before its hour was over`);
      pauses.push(settlement.seconds);
      now += settlement.seconds * 1000;
    }

    expect(pauses.slice(0, 8)).toEqual(pauses.slice(0, 8).toSorted((left, right) => left - right));
    expect(pauses[0]).toBeGreaterThanOrEqual(3);
    expect(pauses.length).toBeLessThan(15);
    expect(now - receivedAt).toBeLessThan(unmatchedMilliseconds + 1000);
  });

  test('is recorded when the click comes, with the time at which it was received', async () => {
    const click = clickOf();
    const receivedAt = Date.now() - 30_000;
    const { requestId, body } = queued(
      requestOf({ clickid: click.clickId, amount: '5' }, { receivedAt }),
      'PENDING_UNMATCHED',
    );
    expect(await settled(body)).toMatchObject({ action: 'wait' });

    await clicksTable(world.storage.direct, tableNames.clicks).put(click, noHurry);

    expect(await settled(body, 2)).toMatchObject({ action: 'done', fields: { result: 'recorded' } });
    const [kept] = await world.storage.conversionsOf(click.clickId);
    expect([kept?.recordedAt, kept?.history[0]?.eventTime]).toEqual([receivedAt, receivedAt]);
    expect(await rowOf(requestId)).toMatchObject({ result: 'recorded', attempts: 3 });
  });

  test('is rejected as CLICK_NOT_FOUND in the log after an hour, and done with', async () => {
    const receivedAt = Date.now() - unmatchedMilliseconds;
    const { requestId, body } = queued(
      requestOf({ clickid: newClickId(), amount: '5' }, { receivedAt }),
      'PENDING_UNMATCHED',
    );

    expect(await settled(body, 12)).toMatchObject({
      action: 'done',
      counts: { [metric.postbackRejected]: 1 },
      fields: { reason: 'CLICK_NOT_FOUND' },
    });
    expect(await rowOf(requestId)).toMatchObject({ result: 'rejected', reason: 'CLICK_NOT_FOUND', httpStatus: 404 });
  });
});

describe('the hour of a postback without its click', () => {
  const day = 24 * 60 * 60 * 1000;
  const now = Date.now();

  test('begins when storage first answers, not at receipt: what waited for storage for days still has it', async () => {
    const receivedAt = now - 4 * day;
    const clickid = newClickId(receivedAt - 1000);
    const { requestId, body } = queued(requestOf({ clickid }, { receivedAt }));

    const waiting = sentAgain(await settled(body, 200, now));
    expect(waiting).toMatchObject({ requestId, reason: 'PENDING_UNMATCHED', unmatchedSince: now, troubled: true });
    expect(waiting.judgedBefore).toBe(201);
    expect(await rowOf(requestId)).toMatchObject({ result: 'queued', reason: 'PENDING_UNMATCHED', attempts: 201 });
    const later = writePostbackMessage(waiting, master);
    expect(await settled(later, 1, now + unmatchedMilliseconds)).toMatchObject({ action: 'wait' });
    expect(await settled(later, 40, receivedAt + giveUpMilliseconds + unmatchedMilliseconds)).toMatchObject({
      action: 'done',
      fields: { reason: 'CLICK_NOT_FOUND' },
    });
    expect(await rowOf(requestId)).toMatchObject({ reason: 'CLICK_NOT_FOUND', attempts: 241 });
  });

  test.each([
    ['nothing answers', { fault: 'throttle' } as const],
    ['clicks can be read and not written', { fault: 'throttle', table: 'Clicks', operation: 'PutItem' } as const],
  ])('does not run on where meanwhile %s', async (_what, fault) => {
    const clickid = newClickId(now);
    const { body } = queued(requestOf({ clickid }), 'PENDING_UNMATCHED', { unmatchedSince: now });
    world.storage.proxy.break(fault);

    const waiting = sentAgain(await settled(body, 3, now + 1000));
    expect(waiting).toMatchObject({ unmatchedSince: now, troubled: true, judgedBefore: 4 });
    world.storage.proxy.heal();
    const later = writePostbackMessage(waiting, master);
    expect(await settled(later, 1, now + 3 * day)).toMatchObject({ action: 'wait' });
  });

  test('does not end while the queue is behind: the click may be in it', async () => {
    const clickid = newClickId(now);
    const { body } = queued(requestOf({ clickid }), 'PENDING_UNMATCHED', { unmatchedSince: now });
    world.queue.due = 50_000;

    expect(sentAgain(await settled(body, 12, now + unmatchedMilliseconds))).toMatchObject({ troubled: true });
  });

  test('costs a click that was asked for nothing: asking whether writes are taken writes nothing', async () => {
    const clickid = newClickId(now);
    const { body } = queued(requestOf({ clickid }), 'PENDING_UNMATCHED', { unmatchedSince: now });
    expect(await settled(body, 1, now)).toMatchObject({ action: 'wait' });

    expect((await world.storage.items('clicks')).map((item) => item['clickId']?.S)).not.toContain(clickid);
  });
});

describe('a row of a batch', () => {
  test('keeps number, statement and trust when its message is replaced', async () => {
    const authenticated = { integration: 'acme', version: 3, trust: 'proven', keyId: 'k1', statement: 's4' } as const;
    const { body } = queued(requestOf({ clickid: newClickId() }), 'PENDING_BATCH', {
      row: 4,
      authenticated,
    });

    const waiting = sentAgain(await settled(body));
    expect(waiting).toMatchObject({ row: 4, authenticated, batchId: expect.any(String), judgedBefore: 1 });
    expect(waiting).not.toHaveProperty('troubled');
  });

  test('that storage rejected before it was unmatched waits for as long as the queue may hold its click', async () => {
    const { body } = queued(requestOf({ clickid: newClickId() }), 'PENDING_BATCH');

    expect(sentAgain(await settled(body, 2))).toMatchObject({ troubled: true });
  });

  test('is judged without asking for the token again, and counts as received then', async () => {
    const { clickId } = await world.click();
    const { requestId, body } = queued(requestOf({ clickid: clickId, amount: '1' }), 'PENDING_BATCH');

    expect(await settled(body)).toMatchObject({
      counts: { [metric.postbackReceived]: 1, [metric.postbackRecorded]: 1 },
    });
    expect(await rowOf(requestId)).toMatchObject({ attempts: 1, batchId: expect.any(String) });
  });

  test('that waits for its click has its row in the log meanwhile', async () => {
    const { requestId, body } = queued(requestOf({ clickid: newClickId() }), 'PENDING_BATCH');

    expect(await settled(body)).toMatchObject({ action: 'send-again' });
    expect(await rowOf(requestId)).toMatchObject({ result: 'queued', reason: 'PENDING_UNMATCHED' });
  });

  test('that is a dry run waits for nothing', async () => {
    const { requestId, body } = queued(requestOf({ clickid: newClickId(), dry_run: '1' }), 'PENDING_BATCH');

    expect(await settled(body)).toMatchObject({ action: 'done' });
    expect(await rowOf(requestId)).toMatchObject({ result: 'dry_run', reason: 'PENDING_UNMATCHED' });
  });
});

describe('the master', () => {
  const rotated: Master = { currentNumber: 2, current: 'b'.repeat(40), previous: master.current };

  test('may be rotated while a postback waits: it is recorded all the same', async () => {
    const { clickId } = await world.click();
    const { body } = queued(requestOf({ clickid: clickId, amount: '1' }));
    world.secrets.secret = JSON.stringify(rotated);

    expect(await settled(body, 1, Date.now(), world.newStores())).toMatchObject({ fields: { result: 'recorded' } });
  });

  test('rotated twice leaves a message that nobody can open: it is put aside, and says so', async () => {
    const { body } = queued(requestOf({ clickid: newClickId() }));
    world.secrets.secret = JSON.stringify({ currentNumber: 3, current: 'c'.repeat(40), previous: rotated.current });

    expect(await settled(body, 1, Date.now(), world.newStores())).toEqual({
      action: 'give-up',
      reason: expect.stringContaining('no live master key opens it'),
    });
  });

  test('that cannot be had makes a message wait, never give up', async () => {
    world.secrets.secret = undefined;

    await expect(settled('{}', 1, Date.now(), world.newStores())).rejects.toThrow('the secret store is broken');
  });
});

describe('a click and a log row that waited', () => {
  test('are stored as they were', async () => {
    const click = clickOf({ source: 'news', subs: { sub1: 'a' } });

    expect(await settled(writeClickMessage(click))).toMatchObject({ action: 'done', fields: { kind: 'click' } });
    const stored = await stores.clicks.find(click.clickId, Date.now(), noHurry);
    // Beside what it is, the row says when it was written: long after the click.
    expect(stored).toEqual({ ...click, storedAt: expect.any(Number) });

    const submission = submissionOf(requestOf({ amount: 'x' }));
    const facts = firstFacts(submission);
    const rejection = { reason: 'AMOUNT_INVALID', message: 'm' } as const;
    const row = logRowOf(submission, facts, verdictOf(submission, { outcome: 'rejected', facts, rejection }), 90);
    expect(await settled(writeLogMessage(row))).toMatchObject({ action: 'done', fields: { kind: 'log' } });
    expect(await rowOf(row.requestId)).toEqual(row);
  });

  test('wait on while the table rejects them', async () => {
    world.storage.proxy.break({ fault: 'throttle' });

    await expect(settled(writeClickMessage(clickOf()))).rejects.toThrow('the table is throttled');
  });
});

test.each([
  ['is no JSON', 'hello', 'none that this version writes'],
  ['is empty', '', 'none that this version writes'],
  ['is of another version', '{"version":99,"kind":"click","click":{}}', 'none that this version writes'],
  ['holds a click that is none', '{"version":1,"kind":"click","click":{"clickId":"x"}}', 'click row does not read'],
  ['holds a log row that is none', '{"version":1,"kind":"log","row":{}}', 'log row does not read'],
  [
    'has a seal that was tampered with',
    JSON.stringify({ version: 1, kind: 'postback', requestId: 'r', reason: 'PENDING_RETRY', sealed: 'AAAA' }),
    'opens it',
  ],
])('a message that %s is put aside with a reason that does not quote it', async (_what, body, problem) => {
  const settlement = await settled(body);

  expect(settlement).toEqual({
    action: 'give-up',
    reason: expect.stringMatching(new RegExp(`^MESSAGE_UNREADABLE: .*${problem}`)),
  });
  expect(JSON.stringify(settlement)).not.toContain('hello');
});
