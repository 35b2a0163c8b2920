import { judgeOrQueue } from '../../../lambdas/judgement/judge-or-queue';
import { retryQueue, type RetryQueue } from '../../../lambdas/adapters/retry-queue';
import { sqsClient } from '../../../lambdas/adapters/sqs';
import type { JudgementStores } from '../../../lambdas/judgement/judge';
import { readMessage } from '../../../lambdas/domain/queue/message';
import type { PostbackRequest } from '../../../lambdas/domain/text/postback-request';
import { capturedLines, type CapturedLines } from '../adapters/support/captured-lines';
import { newClickId } from '../adapters/support/claims';
import { master } from '../adapters/support/secret-server';
import { noHurry, withinLimits } from '../adapters/support/storage';
import { requestOf, startWorld, submissionOf, type World } from '../adapters/support/world';

let world: World;
let stores: JudgementStores;
let queue: RetryQueue;
let lines: CapturedLines;

beforeAll(async () => {
  world = await startWorld({ configCacheSeconds: 60 });
  stores = world.newStores();
  queue = retryQueue(sqsClient(), world.queue.queueUrl);
});
beforeEach(() => (lines = capturedLines()));
afterEach(() => {
  lines.end();
  world.reset();
});
afterAll(() => world.stop());

const answered = (request: PostbackRequest, by = stores) => judgeOrQueue(submissionOf(request), by, queue, noHurry);

test('what storage judges is not queued', async () => {
  const { clickId } = await world.click();

  expect(await answered(requestOf({ clickid: clickId, amount: '1' }))).toMatchObject({ verdict: { reason: 'OK' } });
  expect(world.queue.sent).toEqual([]);
});

test.each([
  ['Clicks', 'throttle'],
  ['Clicks', 'hang'],
  ['Conversions', 'throttle'],
  ['Conversions', 'error'],
  ['Conversions', 'hang'],
] as const)(
  'where %s answers with %s, a genuine postback is acknowledged once the queue has it',
  async (table, fault) => {
    const { clickId } = await world.click();
    const request = requestOf({ clickid: clickId, amount: '1', token: 'tell-no-one' });
    world.storage.proxy.break({ fault, table });

    const submission = submissionOf(request);
    const { verdict } = await judgeOrQueue(submission, stores, queue, withinLimits);

    expect(verdict).toMatchObject({ result: 'queued', reason: 'PENDING_RETRY', httpStatus: 202 });
    const [sent, ...others] = world.queue.sent;
    expect([sent?.delaySeconds, others]).toEqual([2, []]);
    expect(sent?.body).not.toContain('tell-no-one');
    // Where the click was read the sender was authenticated, and its token has done its work.
    const isAuthenticated = table === 'Conversions';
    const { requestId } = submission;
    const rawQuery = isAuthenticated ? `clickid=${clickId}&amount=1` : request.rawQuery;
    const statement: unknown = expect.any(String);
    const authenticated = { integration: 'acme', version: 1, trust: 'let-pass', statement };
    expect(readMessage(sent?.body ?? '', master)).toEqual({
      ok: true,
      message: {
        kind: 'postback',
        postback: {
          reason: 'PENDING_RETRY',
          requestId,
          request: { ...request, rawQuery, body: Buffer.alloc(0) },
          ...(isAuthenticated && { authenticated }),
        },
      },
    });
    expect(await world.storage.conversionsOf(clickId)).toEqual([]);
  },
);

test('where the configuration was never read and cannot be, a genuine postback waits as well', async () => {
  const { clickId } = await world.click();
  world.storage.proxy.break({ fault: 'throttle', table: 'Config' });

  expect(await answered(requestOf({ clickid: clickId }), world.newStores())).toMatchObject({
    verdict: { reason: 'PENDING_RETRY' },
  });
});

test('where the queue is down too, the sender is told that nothing was kept', async () => {
  const { clickId } = await world.click();
  world.storage.proxy.break({ fault: 'throttle', table: 'Conversions' });
  world.queue.rejects = () => true;

  expect((await answered(requestOf({ clickid: clickId, amount: '1' }))).verdict).toMatchObject({
    result: 'error',
    reason: 'SYSTEM_ERROR',
    httpStatus: 503,
  });
  expect(await world.storage.conversionsOf(clickId)).toEqual([]);
  expect(world.queue.sent).toEqual([]);
});

test('a genuine click ID without its row waits in the queue', async () => {
  expect(await answered(requestOf({ clickid: newClickId() }))).toMatchObject({
    verdict: { reason: 'PENDING_UNMATCHED' },
  });
  const [sent] = world.queue.sent;
  expect(sent?.delaySeconds).toBe(5);
  // Its hour begins now: storage has answered that there is no such click.
  expect(readMessage(sent?.body ?? '', master)).toMatchObject({
    message: { postback: { reason: 'PENDING_UNMATCHED', unmatchedSince: expect.any(Number) } },
  });
});

test('what waits for its click stays authenticated as it was when it came', async () => {
  const request = requestOf({ clickid: newClickId() }, { path: '/postback/acme', integration: 'acme' });
  await answered(request);

  expect(readMessage(world.queue.sent[0]?.body ?? '', master)).toMatchObject({
    message: { postback: { authenticated: { integration: 'acme', trust: 'let-pass' } } },
  });
});

test('a genuine click ID without its row is not acknowledged where the queue is down', async () => {
  world.queue.rejects = () => true;

  expect(await answered(requestOf({ clickid: newClickId() }))).toMatchObject({ verdict: { reason: 'SYSTEM_ERROR' } });
});

test('what carries no genuine click ID cannot fill the queue while storage is down', async () => {
  world.storage.proxy.break({ fault: 'throttle' });
  const forged = newClickId(Date.now(), { ...master, current: 'b'.repeat(40) });
  const request = requestOf({ clickid: forged }, { path: '/postback/unknown', integration: 'unknown' });

  expect(await answered(request)).toMatchObject({ verdict: { reason: 'SYSTEM_ERROR' } });
  expect(world.queue.sent).toEqual([]);
});

test('a dry run has nothing to keep: storage down is told, and nothing queued', async () => {
  const { clickId } = await world.click();
  world.storage.proxy.break({ fault: 'throttle', table: 'Conversions' });

  expect(await answered(requestOf({ clickid: clickId, dry_run: '1' }))).toMatchObject({
    verdict: { reason: 'SYSTEM_ERROR' },
  });
  expect(world.queue.sent).toEqual([]);
});

test('without the master nothing can be told genuine: nothing is kept', async () => {
  world.secrets.secret = undefined;

  expect(await answered(requestOf({ clickid: newClickId() }), world.newStores())).toMatchObject({
    verdict: { reason: 'SYSTEM_ERROR' },
  });
});

test('time is left for the queue: a table that hangs does not use up the deadline', async () => {
  const { clickId } = await world.click();
  world.storage.proxy.break({ fault: 'hang', table: 'Clicks' });
  const end = Date.now() + 3000;
  const deadline = { remaining: () => Math.max(0, end - Date.now()) };

  const { verdict } = await judgeOrQueue(submissionOf(requestOf({ clickid: clickId })), stores, queue, deadline);
  expect(verdict.reason).toBe('PENDING_RETRY');
});
