import { writeClickMessage } from '../../../../lambdas/domain/queue/message';
import { startAdminStack, type AdminStack } from '../support/admin-stack';
import { startLocalQueues, type LocalQueues } from '../support/local-queues';
import { clickOf, requestOf, waitingPostback } from '../support/tracker';

const hour = 3_600_000;

let queues: LocalQueues;
let stack: AdminStack;
beforeAll(async () => {
  queues = await startLocalQueues();
  stack = await startAdminStack();
});
beforeEach(() => queues.empty());
afterAll(async () => {
  await stack.stop();
  await queues.stop();
});

const postback = (amount: string) =>
  waitingPostback(requestOf({ clickid: clickOf().clickId, amount, token: 'k1tSECRET', email: 'ada@example.com' }));
const redrive = (body?: object) => stack.call('POST', '/dead-letters/redrive', body === undefined ? {} : { body });

test('dead letters are listed oldest first with kind, reason, age and failures, and stay where they are', async () => {
  const now = Date.now();
  await queues.putDeadLetter(postback('1'), 'STORAGE_REFUSED', now - 2 * hour);
  await queues.putDeadLetter(
    writeClickMessage(clickOf()),
    'MESSAGE_UNREADABLE: its click row does not read',
    now - hour,
  );
  await queues.putDeadLetter('no message at all', 'MESSAGE_UNREADABLE: none of ours', now - 3 * hour);

  for (let look = 1; look <= 2; look++) {
    const { status, items, body } = await stack.call('GET', '/dead-letters');
    expect([status, body['more']]).toStrictEqual([200, false]);
    expect(items).toMatchObject([
      { kind: 'unknown', reason: 'MESSAGE_UNREADABLE', problem: 'none of ours', receiveCount: look },
      {
        kind: 'postback',
        reason: 'STORAGE_REFUSED',
        firstFailedAt: new Date(now - 2 * hour).toISOString(),
        lastFailedAt: new Date(now - 2 * hour + 60_000).toISOString(),
        receiveCount: look,
      },
      { kind: 'click', reason: 'MESSAGE_UNREADABLE', problem: 'its click row does not read' },
    ]);
    expect(items[1]?.['ageSeconds']).toBeGreaterThanOrEqual(7200);
    expect(items[1]?.['ageSeconds']).toBeLessThan(7300);
    expect(items[1]?.['requestId']).toMatch(/^[0-9a-z]{24}$/);
    expect(items[1]?.['raw']).toMatch(/amount=1&token=\*\*\*&email=\*\*\*/);
  }
  expect(await queues.visibleLetters()).toBe(3);
});

test('a dead letter shows no secret and nothing of a visitor', async () => {
  await queues.putDeadLetter(postback('1'), 'STORAGE_REFUSED', Date.now());
  await queues.putDeadLetter(
    writeClickMessage(clickOf({ parameters: { name: 'Ada' } })),
    'STORAGE_REFUSED',
    Date.now(),
  );

  const { text } = await stack.call('GET', '/dead-letters');
  expect(text).not.toMatch(/SECRET|ada@|Ada|sealed|203\.0\.113/);
});

test('what SQS itself moved says so', async () => {
  await queues.wearOut(postback('1'));

  const { items } = await stack.call('GET', '/dead-letters');
  expect(items).toMatchObject([{ kind: 'postback', reason: 'RECEIVED_TOO_OFTEN' }]);
  expect(items[0]).not.toHaveProperty('lastFailedAt');
  expect((await redrive({ filter: { reason: 'RECEIVED_TOO_OFTEN' } })).body).toMatchObject({ redriven: 1, left: 0 });
});

test('a list shows no more than it was asked for, and says that there is more', async () => {
  for (let at = 0; at < 12; at++) await queues.putDeadLetter(postback(String(at)), 'STORAGE_REFUSED', Date.now());

  const { items, body } = await stack.call('GET', '/dead-letters?limit=5');
  expect([items.length, body['more']]).toStrictEqual([5, true]);
  expect((await stack.call('GET', '/dead-letters')).items).toHaveLength(12);
});

test('all are moved back, byte for byte, and a second time there is nothing to move', async () => {
  const bodies = Array.from({ length: 9 }, (_, at) => postback(String(at)));
  for (const body of bodies) await queues.putDeadLetter(body, 'STORAGE_REFUSED', Date.now());

  expect((await redrive()).body).toStrictEqual({ redriven: 9, left: 0, more: false });
  expect(await queues.waiting()).toStrictEqual([...bodies].sort());
  expect(await queues.visibleLetters()).toBe(0);
  expect((await redrive({})).body).toStrictEqual({ redriven: 0, left: 0, more: false });
});

test('a filter moves what it names and leaves the rest to be seen', async () => {
  const refused = postback('1');
  const click = writeClickMessage(clickOf());
  await queues.putDeadLetter(refused, 'STORAGE_REFUSED', Date.now());
  await queues.putDeadLetter(click, 'STORAGE_REFUSED', Date.now());
  await queues.putDeadLetter('unreadable', 'MESSAGE_UNREADABLE: none of ours', Date.now());

  expect((await redrive({ filter: { reason: 'STORAGE_REFUSED', kind: 'click' } })).body).toMatchObject({
    redriven: 1,
    left: 2,
  });
  expect(await queues.waiting()).toStrictEqual([click]);
  const { items } = await stack.call('GET', '/dead-letters');
  expect(items.map(({ kind }) => kind).sort()).toStrictEqual(['postback', 'unknown']);

  const messageIds = [items.find(({ kind }) => kind === 'unknown')?.['messageId']];
  expect((await redrive({ filter: { messageIds } })).body).toMatchObject({ redriven: 1, left: 1 });
  expect((await redrive({ limit: 1 })).body).toMatchObject({ redriven: 1, left: 0 });
});

test('one is shown with all that it says of itself, and stays; one is deleted, and the others stay', async () => {
  await queues.putDeadLetter(postback('1'), 'STORAGE_REFUSED', Date.now());
  await queues.putDeadLetter('no message at all', 'MESSAGE_UNREADABLE: none of ours', Date.now());
  await queues.putDeadLetter(writeClickMessage(clickOf()), 'STORAGE_REFUSED', Date.now());
  const { items } = await stack.call('GET', '/dead-letters');
  const idOf = (kind: string) => String(items.find((item) => item['kind'] === kind)?.['messageId']);

  const shown = await stack.call('GET', `/dead-letters/${idOf('postback')}`);
  expect([shown.status, shown.body]).toMatchObject([
    200,
    {
      messageId: idOf('postback'),
      kind: 'postback',
      reason: 'STORAGE_REFUSED',
      method: 'GET',
      path: expect.any(String),
    },
  ]);
  expect(shown.text).not.toMatch(/SECRET|ada@|sealed/);
  expect(await queues.visibleLetters()).toBe(3);

  const deleted = await stack.call('DELETE', `/dead-letters/${idOf('unknown')}`);
  expect([deleted.status, deleted.body]).toMatchObject([200, { messageId: idOf('unknown'), problem: 'none of ours' }]);
  expect((await stack.call('GET', '/dead-letters')).items.map(({ kind }) => kind).sort()).toEqual([
    'click',
    'postback',
  ]);
  expect(await queues.waiting()).toEqual([]);
});

test('what is no dead letter, or is none any more, is not found', async () => {
  await queues.putDeadLetter(postback('1'), 'STORAGE_REFUSED', Date.now());
  const { items } = await stack.call('GET', '/dead-letters');
  const id = String(items[0]?.['messageId']);
  await stack.call('DELETE', `/dead-letters/${id}`);

  for (const [method, gone] of [
    ['DELETE', id],
    ['GET', id],
    ['DELETE', 'x'],
  ] as const) {
    const missing = await stack.call(method, `/dead-letters/${gone}`);
    expect([missing.status, missing.body['error']]).toEqual([404, 'NOT_FOUND']);
  }
});

test('while the retry queue takes nothing, nothing leaves the dead letters', async () => {
  await queues.putDeadLetter(postback('1'), 'STORAGE_REFUSED', Date.now());
  process.env['RETRY_QUEUE_URL'] = `${queues.retryQueueUrl}-that-is-not-there`;
  const broken = await startAdminStack();
  const { body } = await broken.call('POST', '/dead-letters/redrive');
  process.env['RETRY_QUEUE_URL'] = queues.retryQueueUrl;
  await broken.stop();

  expect(body).toMatchObject({ redriven: 0, left: 1, notSent: 1 });
  expect(await queues.visibleLetters()).toBe(1);
});

test.each([
  [{ filter: { kind: 'letter' } }, 'filter.kind'],
  [{ filter: { messageIds: 'all' } }, 'filter.messageIds'],
  [{ limit: 1001 }, 'limit'],
  [{ all: true }, 'all'],
])('the order %j is rejected, and %s named', async (body, path) => {
  const refused = await redrive(body);
  expect([refused.status, refused.body['error']]).toStrictEqual([400, 'BODY_INVALID']);
  expect(refused.body['problems']).toMatchObject([{ path }]);
});
