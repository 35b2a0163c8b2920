import * as fc from 'fast-check';
import type { LogRow } from '../../../../lambdas/domain/postback/log-row';
import {
  backoffSeconds,
  maximumDeliveries,
  unmatchedMilliseconds,
  unmatchedSeconds,
} from '../../../../lambdas/domain/queue/backoff';
import {
  readMessage,
  writeClickMessage,
  writeLogMessage,
  writePostbackMessage,
  type QueuedPostback,
} from '../../../../lambdas/domain/queue/message';
import { clickId, master, now, request, requestId, rotatedMaster } from '../support/factories';

const chance = fc.double({ min: 0, max: 1, noNaN: true });

describe('the wait until the next try', () => {
  test('doubles from five seconds to a quarter of an hour', () => {
    const waits = Array.from({ length: 10 }, (_, at) => backoffSeconds(at + 1, 0));
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
    const total = Array.from({ length: maximumDeliveries }, (_, at) => backoffSeconds(at + 1, 0)).reduce(
      (sum, one) => sum + one,
    );
    expect(total / 3600).toBeCloseTo(2, 0);
  });

  test('is shortened by up to a fifth and stays within what SQS hides a message for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), chance, (deliveries, luck) => {
        const [seconds, full] = [backoffSeconds(deliveries, luck), backoffSeconds(deliveries, 0)];
        expect(Number.isInteger(seconds)).toBe(true);
        expect(seconds).toBeGreaterThanOrEqual(Math.max(1, Math.floor(full * 0.8)));
        expect(seconds).toBeLessThanOrEqual(full);
        expect(full).toBeLessThanOrEqual(900);
      }),
    );
  });

  test('for a click ends with its hour', () => {
    expect(unmatchedSeconds(1, 0, 0)).toBe(5);
    expect(unmatchedSeconds(12, 0, unmatchedMilliseconds - 30_000)).toBe(30);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        chance,
        fc.integer({ min: 0, max: 2 * unmatchedMilliseconds }),
        (deliveries, luck, waited) => {
          const seconds = unmatchedSeconds(deliveries, luck, waited);
          expect(seconds).toBeGreaterThanOrEqual(1);
          expect(waited + seconds * 1000).toBeLessThanOrEqual(Math.max(waited + 1000, unmatchedMilliseconds + 999));
        },
      ),
    );
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
      postback({ reason: 'PENDING_BATCH', batchId: 'b1' }),
      postback({ request: request('') }),
    ]) {
      expect(readMessage(writePostbackMessage(queued, master), master)).toEqual({
        ok: true,
        message: { kind: 'postback', postback: queued },
      });
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
