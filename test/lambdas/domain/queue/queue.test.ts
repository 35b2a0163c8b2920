import * as fc from 'fast-check';
import type { LogRow } from '../../../../lambdas/domain/log/log-row';
import {
  queueRetentionDays,
  retryQueueMaxReceiveCount,
  retryQueueVisibilitySeconds,
} from '../../../../lambdas/contract';
import {
  backoffSeconds,
  cameBackUnspaced,
  giveUpMilliseconds,
  isGivenUp,
  unmatchedMilliseconds,
  unmatchedSeconds,
} from '../../../../lambdas/domain/queue/backoff';
import { patienceEndsAt } from '../../../../lambdas/domain/queue/patience';
import { putAsideRow } from '../../../../lambdas/domain/queue/put-aside-row';
import { writeRequest } from '../../../../lambdas/domain/trust/request-text';
import { seal } from '../../../../lambdas/domain/trust/seal';
import {
  readMessage,
  writeClickMessage,
  writeLogMessage,
  writePostbackMessage,
  type QueuedPostback,
} from '../../../../lambdas/domain/queue/message';
import { clickId, master, now, request, requestId, rotatedMaster } from '../support/factories';

const chance = fc.double({ min: 0, max: 1, noNaN: true });

const hour = 60 * 60 * 1000;
const day = 24 * hour;

describe('the wait until the next try', () => {
  test('doubles from five seconds to half an hour', () => {
    const waits = Array.from({ length: 11 }, (_, at) => backoffSeconds(at + 1, 0));
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1280, 1800, 1800]);
  });

  test('is shortened by up to a third and stays within what SQS hides a message for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), chance, (deliveries, luck) => {
        const [seconds, full] = [backoffSeconds(deliveries, luck), backoffSeconds(deliveries, 0)];
        expect(Number.isInteger(seconds)).toBe(true);
        expect(seconds).toBeGreaterThanOrEqual(Math.max(1, Math.floor((full * 2) / 3)));
        expect(seconds).toBeLessThanOrEqual(full);
        expect(full).toBeLessThanOrEqual(1800);
      }),
    );
  });

  test('spreads what failed in one second over minutes, and brings all of it back within half an hour', () => {
    const waits = Array.from({ length: 1000 }, (_, at) => backoffSeconds(20, at / 999)).toSorted((a, b) => a - b);
    const busiest = Math.max(
      ...Array.from({ length: 31 }, (_, minute) => waits.filter((wait) => Math.floor(wait / 60) === minute).length),
    );
    expect(busiest).toBeLessThanOrEqual(120);
    expect(waits.at(-1)).toBeLessThanOrEqual(1800);
  });

  test('never needs as many deliveries as SQS takes, until it is given up on by age', () => {
    let [seconds, deliveries] = [0, 0];
    while (!isGivenUp(seconds * 1000)) seconds += backoffSeconds(++deliveries, 1);
    expect(deliveries).toBeLessThan(retryQueueMaxReceiveCount / 2);
  });

  test('for a click ends with its patience', () => {
    expect(unmatchedSeconds(1, 0, hour)).toBe(5);
    expect(unmatchedSeconds(12, 0, 30_000)).toBe(30);
    expect(unmatchedSeconds(12, 0, -5)).toBe(1);
  });
});

describe('a message is given up on', () => {
  test('by its age alone: an outage of four days and a day to work off what waited', () => {
    expect([isGivenUp(0), isGivenUp(4 * day), isGivenUp(5 * day), isGivenUp(5 * day + 1)]).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  test('by SQS after more than four days, even where the function never runs', () => {
    expect(retryQueueMaxReceiveCount * retryQueueVisibilitySeconds * 1000).toBeGreaterThan(4 * day);
  });

  test('while it may still lie among the dead letters for a week', () => {
    expect(queueRetentionDays.retry * day).toBeGreaterThan(giveUpMilliseconds);
    expect(queueRetentionDays.deadLetter - queueRetentionDays.retry).toBeGreaterThanOrEqual(7);
  });
});

describe('a message that comes back', () => {
  test('is never taken for one that kills the function while each of its tries was spaced', () => {
    fc.assert(
      fc.property(fc.array(chance, { minLength: 1, maxLength: 400 }), (luck) => {
        let seconds = 0;
        luck.forEach((one, at) => {
          expect(cameBackUnspaced(at + 1, seconds * 1000)).toBe(false);
          seconds += backoffSeconds(at + 1, one);
        });
      }),
    );
  });

  test("at the queue's own pace is told apart within two hours", () => {
    const deliveries = Array.from({ length: 40 }, (_, at) => at + 1);
    const told = deliveries.find((delivery) =>
      cameBackUnspaced(delivery, (delivery - 1) * retryQueueVisibilitySeconds * 1000),
    );
    expect(((told ?? 1000) * retryQueueVisibilitySeconds) / 3600).toBeLessThan(2);
  });

  test('twice at once, as SQS may deliver, proves nothing', () => {
    expect([2, 3, 5, 9].map((deliveries) => cameBackUnspaced(deliveries, 1))).toEqual([false, false, false, false]);
  });
});

describe('the patience of a postback without its click', () => {
  test('is an hour from the first answer of storage, whenever it was received', () => {
    expect(patienceEndsAt({ since: now, mintedAt: now - 2 * day, troubled: false })).toBe(now + hour);
  });

  test('outlasts every try of its click where storage was in trouble', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 * day }), (age) => {
        const ends = patienceEndsAt({ since: now, mintedAt: now - age, troubled: true });
        expect(ends).toBeGreaterThanOrEqual(now + hour);
        expect(ends - (now - age)).toBeGreaterThanOrEqual(giveUpMilliseconds + hour);
      }),
    );
  });

  test('lets a click be tried again at least once more than at its end, whatever chance does', () => {
    expect(unmatchedMilliseconds / 1000).toBeGreaterThanOrEqual(2 * backoffSeconds(1000, 0));
  });
});

const postback = (fields: Partial<QueuedPostback> = {}): QueuedPostback => ({
  requestId: requestId(1),
  reason: 'PENDING_RETRY',
  request: request('clickid=a&token=PLANTED-TOKEN&user_ip=198.51.100.77&mail=ada@example.com', {
    body: Buffer.from([0xff, 0x00, 0x7b, 0x22]),
    headers: { authorization: 'Bearer PLANTED-BEARER', 'webhook-signature': 'v1,PLANTED-SIGNATURE', 'user-agent': 'x' },
    sourceIp: '203.0.113.99',
  }),
  ...fields,
});

describe('a queued postback', () => {
  test('comes back as it came, to the byte', () => {
    for (const queued of [
      postback(),
      postback({
        reason: 'PENDING_BATCH',
        batchId: 'b1',
        row: 7,
        authenticated: { integration: 'acme', version: 3, trust: 'proven', keyId: 'k1', statement: 's7' },
      }),
      postback({ reason: 'PENDING_UNMATCHED', unmatchedSince: now, troubled: true, judgedBefore: 4 }),
      postback({ authenticated: { integration: 'acme', trust: 'let-pass', statement: 's', signedAt: now } }),
      postback({ request: request('') }),
    ]) {
      expect(readMessage(writePostbackMessage(queued, master), master)).toEqual({
        ok: true,
        message: { kind: 'postback', postback: queued },
      });
    }
  });

  test('of the version before, which carries nothing beside the request, is read', () => {
    const { request: waiting, requestId: id } = postback();
    const sealed = seal(writeRequest({ request: waiting }), master, { use: 'queue', requestId: id });
    const body = JSON.stringify({
      version: 1,
      kind: 'postback',
      requestId: id,
      reason: 'PENDING_BATCH',
      batchId: 'b1',
      sealed,
    });
    expect(readMessage(body, master)).toEqual({
      ok: true,
      message: {
        kind: 'postback',
        postback: { requestId: id, reason: 'PENDING_BATCH', batchId: 'b1', request: waiting },
      },
    });
  });

  test('carries trust and identity under the seal: who can write to the queue cannot claim them', () => {
    const body = JSON.parse(writePostbackMessage(postback(), master));
    const forged = { ...body, believed: { integration: 'acme', trust: 'proven' }, statement: 's', unmatchedSince: 1 };
    expect(readMessage(JSON.stringify(forged), master)).toEqual({
      ok: true,
      message: { kind: 'postback', postback: postback() },
    });
  });

  test('that is put aside has a log row that names it and copies nothing of the request', () => {
    const body = writePostbackMessage(postback({ reason: 'PENDING_BATCH', batchId: 'b1' }), master);
    const row = putAsideRow(body, 12, 90);
    expect(row).toMatchObject({
      requestId: requestId(1),
      receivedAt: new Date(now).toISOString(),
      batchId: 'b1',
      result: 'error',
      reason: 'SYSTEM_ERROR',
      attempts: 12,
      raw: '',
    });
    for (const other of [
      'poison',
      '{}',
      '{"kind":"postback"}',
      JSON.stringify({ version: 1, kind: 'click', click: {} }),
    ]) {
      expect(putAsideRow(other, 1, 90)).toBeUndefined();
    }
  });

  test('opens after a rotation of the master, and not after two', () => {
    const body = writePostbackMessage(postback(), master);
    expect(readMessage(body, rotatedMaster).ok).toBe(true);
    const next = { currentNumber: 5, current: 'x'.repeat(40), previous: rotatedMaster.current };
    expect(readMessage(body, next)).toEqual({ ok: false, problem: expect.stringContaining('master key') });
  });

  test('shows who looks into the queue what waits, and no secret, address or person', () => {
    const body = writePostbackMessage(postback(), master);
    expect(body).toContain('clickid=a');
    expect(body).toContain(new Date(now).toISOString());
    for (const secret of ['PLANTED', '203.0.113.99', '198.51.100.77', 'ada@example']) {
      expect(body).not.toContain(secret);
      expect(body).not.toContain(Buffer.from(secret).toString('base64').slice(0, 8));
    }
  });

  test('of the largest body fits into a message of a megabyte', () => {
    const largest = postback({ request: request('a'.repeat(8192), { body: Buffer.alloc(256 * 1024, 0xff) }) });
    expect(Buffer.byteLength(writePostbackMessage(largest, master))).toBeLessThan(1024 * 1024);
  });
});

describe('a queued row', () => {
  test('of a click and of the log comes back as its fields', () => {
    const click = {
      clickId: clickId(),
      campaign: 'spring',
      integration: 'acme',
      offer: 'main',
      subs: {},
      parameters: {},
      truncated: false,
      test: false,
      bot: false,
      clickedAt: now,
      expiresAt: 1,
    };
    expect(readMessage(writeClickMessage(click), master)).toEqual({
      ok: true,
      message: { kind: 'click', fields: click },
    });
    const row: LogRow = {
      requestId: requestId(1),
      receivedAt: new Date(now).toISOString(),
      method: 'GET',
      path: '/postback',
      raw: '',
      result: 'recorded',
      reason: 'OK',
      httpStatus: 200,
      message: '',
      warnings: [],
      attempts: 1,
      expiresAt: 1,
    };
    expect(readMessage(writeLogMessage(row), master)).toEqual({ ok: true, message: { kind: 'log', fields: row } });
  });
});

describe('a message that does not read', () => {
  const good = writePostbackMessage(postback(), master);
  const changed = (change: Readonly<Record<string, unknown>>): string =>
    JSON.stringify({ ...JSON.parse(good), ...change });

  test.each([
    ['nothing', '', 'none that this version writes'],
    ['no JSON', '{secret', 'none that this version writes'],
    ['another kind', changed({ kind: 'other' }), 'none that this version writes'],
    ['a later version', changed({ version: 2 }), 'none that this version writes'],
    ['no seal', changed({ sealed: undefined }), 'none that this version writes'],
    ['a broken seal', changed({ sealed: 'AAAA' }), 'master key'],
    ['an empty seal', changed({ sealed: '' }), 'master key'],
  ])('for %s is named so, and not quoted', (_, body, problem) => {
    const reading = readMessage(body, master);
    expect(reading).toEqual({ ok: false, problem: expect.stringContaining(problem) });
    expect(JSON.stringify(reading)).not.toContain('secret');
  });

  test('never throws, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
        expect(readMessage(body, master).ok).toBe(false);
      }),
    );
  });
});
