import { postbackLogTable } from '../../../lambdas/adapters/postback-log-table';
import { retryQueue } from '../../../lambdas/adapters/retry-queue';
import { sqsClient } from '../../../lambdas/adapters/sqs';
import { readMessage } from '../../../lambdas/domain/queue/message';
import { reasons, type Reason } from '../../../lambdas/domain/values/reasons';
import type { Trust } from '../../../lambdas/domain/trust/authentication';
import { firstFacts } from '../../../lambdas/judgement/receive';
import { verdictOf } from '../../../lambdas/judgement/verdict';
import { logRowOf } from '../../../lambdas/judgement/log-row-of';
import { keepLogRow } from '../../../lambdas/judgement/keep-log-row';
import { tableNames } from '../../storage/local-dynamodb';
import { capturedLines, type CapturedLines } from '../adapters/support/captured-lines';
import { master } from '../adapters/support/secret-server';
import { noHurry } from '../adapters/support/storage';
import { requestOf, startWorld, submissionOf, type World } from '../adapters/support/world';

let world: World;
let lines: CapturedLines;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => (lines = capturedLines()));
afterEach(() => {
  lines.end();
  world.reset();
});
afterAll(() => world.stop());

function judgedAs(reason: Reason, trust: Trust = 'none') {
  const submission = submissionOf(requestOf({ amount: '1' }));
  const facts = { ...firstFacts(submission), trust };
  const verdict = verdictOf(submission, { outcome: 'rejected', facts, rejection: { reason, message: '' } });
  return { verdict, facts, row: logRowOf(submission, facts, verdict, 90), logged: false };
}

const keep = (judged: ReturnType<typeof judgedAs>) =>
  keepLogRow(
    judged,
    postbackLogTable(world.storage.client, tableNames.postbackLog),
    retryQueue(sqsClient(), world.queue.queueUrl),
    noHurry,
  );

test('a row is written', async () => {
  const judged = judgedAs('AMOUNT_INVALID');

  expect(await keep(judged)).toBe(false);
  expect(await world.storage.logRows()).toContainEqual(judged.row);
});

test('a row that stands already is not written again', async () => {
  await keep({ ...judgedAs('OK'), logged: true });

  expect(world.storage.proxy.calls()).toEqual([]);
});

test('a row that the table rejects is queued as it is', async () => {
  world.storage.proxy.break({ fault: 'throttle' });
  const judged = judgedAs('AMOUNT_INVALID');

  expect(await keep(judged)).toBe(false);
  expect(world.queue.sent.map(({ body }) => readMessage(body, master))).toEqual([
    { ok: true, message: { kind: 'log', fields: JSON.parse(JSON.stringify(judged.row)) } },
  ]);
});

test('a row that neither takes is lost, and that is told', async () => {
  world.storage.proxy.break({ fault: 'error' });
  world.queue.rejects = () => true;

  expect(await keep(judgedAs('OK_DUPLICATE'))).toBe(true);
});

test.each(['PENDING_RETRY', 'PENDING_UNMATCHED', 'SYSTEM_ERROR'] as const)(
  'a row of %s that the table rejects is not queued: it would come after the verdict that ends it, and replace it',
  async (reason) => {
    world.storage.proxy.break({ fault: 'throttle' });

    expect(await keep(judgedAs(reason))).toBe(false);
    expect(world.queue.sent).toEqual([]);
  },
);

test('a flood of forged click IDs becomes 30 rows a minute, and no more', async () => {
  for (let request = 0; request < 200; request++) await keep(judgedAs('CLICK_ID_FORGED'));

  const written = world.storage.proxy.calls().length;
  // The minute may end meanwhile.
  expect([30, 60]).toEqual([Math.min(30, written), Math.max(60, written)]);
});

test('of what was acknowledged to a believed sender every row is written', async () => {
  const acknowledged = (Object.keys(reasons) as Reason[]).filter((reason) => reasons[reason].httpStatus < 300);
  for (const reason of acknowledged) {
    await Promise.all(Array.from({ length: 40 }, () => keep(judgedAs(reason, 'let-pass'))));
  }

  expect(world.storage.proxy.calls()).toHaveLength(40 * acknowledged.length);
});

test('a flood of genuine click IDs whose clicks expired becomes 30 rows a minute, and hides no row of a believed sender', async () => {
  for (let request = 0; request < 200; request++) await keep(judgedAs('CLICK_NOT_FOUND'));
  const flood = world.storage.proxy.calls().length;
  expect([30, 60]).toEqual([Math.min(30, flood), Math.max(60, flood)]);

  for (let request = 0; request < 40; request++) await keep(judgedAs('CLICK_NOT_FOUND', 'proven'));
  expect(world.storage.proxy.calls()).toHaveLength(flood + 40);
});
