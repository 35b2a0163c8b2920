import type { MessageReplacement } from '../../../lambdas/adapters/retry-queue';
import { giveUpMilliseconds } from '../../../lambdas/domain/queue/backoff';
import type { QueueDelivery, MessageSettlement } from '../../../lambdas/retry/delivery';
import { workBatch, type Tools } from '../../../lambdas/retry/work';
import { capturedLines, type CapturedLines } from '../adapters/support/captured-lines';
import { noHurry } from '../adapters/support/storage';

const now = Date.UTC(2026, 10, 23, 12);
const minute = 60_000;
const done: MessageSettlement = { action: 'done', counts: {}, fields: {} };

let lines: CapturedLines;
beforeEach(() => (lines = capturedLines()));
afterEach(() => lines.end());

function deliveryOf(body: string, fields: Partial<QueueDelivery> = {}): QueueDelivery {
  const sentAt = fields.sentAt ?? now - minute;
  return {
    messageId: body,
    receiptHandle: body,
    body,
    deliveries: 1,
    sentAt,
    firstSentAt: sentAt,
    setApart: false,
    ...fields,
  };
}

/** Tools that write down what was done, in order. A message is done unless `settle` says otherwise. */
function recorded(settle: (delivery: QueueDelivery) => Promise<MessageSettlement> | MessageSettlement = () => done) {
  const log: string[] = [];
  const sent: MessageReplacement[] = [];
  const note = (what: string) => async (delivery: QueueDelivery, detail?: unknown) =>
    void log.push(`${what} ${delivery.body}${typeof detail === 'string' ? ` ${detail}` : ''}`);
  const tools: Tools = {
    async settle(delivery) {
      log.push(`settle ${delivery.body}`);
      return settle(delivery);
    },
    hide: note('hide'),
    putAside: note('put aside'),
    async sendAgain(replacement) {
      sent.push(replacement);
      log.push(`send ${replacement.body}`);
    },
    async remove(deliveries) {
      log.push(`remove ${deliveries.map(({ body }) => body).join(' ')}`);
    },
    report: () => undefined,
  };
  return { tools, log, sent };
}

const worked = (deliveries: readonly QueueDelivery[], tools: Tools, work = noHurry) =>
  workBatch(
    deliveries,
    tools,
    { work, rest: noHurry },
    () => now,
    () => 0,
  );

test('a message that throws costs its neighbours nothing', async () => {
  const { tools, log } = recorded(({ body }) => {
    if (body === 'bad') throw new TypeError('a bug');
    return done;
  });

  expect(await worked([deliveryOf('a'), deliveryOf('bad'), deliveryOf('b')], tools)).toEqual(['bad']);
  expect(log).toContain('hide bad');
});

test('a message that never ends is left at its own time, and its neighbours are done', async () => {
  jest.useFakeTimers();
  try {
    const { tools, log } = recorded(({ body }) => (body.startsWith('hangs') ? new Promise(() => undefined) : done));
    const deliveries = [
      deliveryOf('hangs'),
      deliveryOf('a'),
      deliveryOf('hangs again', { deliveries: 3 }),
      deliveryOf('b', { deliveries: 4 }),
    ];
    const working = worked(deliveries, tools);
    await jest.advanceTimersByTimeAsync(30_000);

    expect(await working).toEqual(['hangs', 'hangs again']);
    expect(log).toEqual(expect.arrayContaining(['settle a', 'settle b', 'hide hangs', 'hide hangs again']));
  } finally {
    jest.useRealTimers();
  }
});

test('what came back before is tried last and one by one, after what is done was deleted', async () => {
  const { tools, log } = recorded();
  const deliveries = [
    deliveryOf('often', { deliveries: 9 }),
    deliveryOf('fresh'),
    deliveryOf('suspect', { deliveries: 1, setApart: true }),
    deliveryOf('again', { deliveries: 3 }),
    deliveryOf('second', { deliveries: 2 }),
  ];

  expect(await worked(deliveries, tools)).toEqual([]);
  expect(log).toEqual([
    'settle fresh',
    'settle second',
    'remove fresh second',
    'settle again',
    'settle often',
    'remove again often',
    'settle suspect',
  ]);
});

test('a message that kills the function finds its neighbours done and deleted', async () => {
  class Killed extends Error {}
  const { tools, log } = recorded();
  const killer = deliveryOf('killer', { deliveries: 4 });
  const dying: Tools = {
    ...tools,
    settle: async (delivery, deadline) => {
      // Nothing that comes after the death of a process is ever done.
      if (delivery === killer) throw new Killed();
      return tools.settle(delivery, deadline);
    },
    hide: async () => {
      throw new Killed();
    },
  };

  await worked([killer, deliveryOf('a'), deliveryOf('b')], dying);
  expect(log).toEqual(['settle a', 'settle b', 'remove a b']);
});

test("what kept coming back at the queue's own pace is set apart and not tried among others", async () => {
  const { tools, log, sent } = recorded();
  const killer = deliveryOf('killer', { deliveries: 20, sentAt: now - 120 * minute });

  expect(await worked([killer, deliveryOf('a')], tools)).toEqual([]);
  expect(log).toEqual(['send killer', 'settle a']);
  expect(sent).toEqual([expect.objectContaining({ body: 'killer', setApart: true, firstSentAt: killer.firstSentAt })]);
});

test('what was set apart and kills all the same ends among the dead letters with its reason, untried', async () => {
  const { tools, log } = recorded();
  const killer = deliveryOf('killer', { deliveries: 20, sentAt: now - 120 * minute, setApart: true });

  expect(await worked([killer, deliveryOf('a')], tools)).toEqual([]);
  expect(log).toEqual(['put aside killer FUNCTION_DIED', 'settle a']);
});

test('what storage has rejected for five days is put aside, however few its deliveries; before that, however many', async () => {
  const { tools, log } = recorded(() => {
    throw new Error('throttled');
  });
  const old = deliveryOf('old', { deliveries: 2, firstSentAt: now - giveUpMilliseconds - 1 });
  const young = deliveryOf('young', { deliveries: 350, sentAt: now - giveUpMilliseconds + minute });

  expect(await worked([old, young], tools)).toEqual(['young']);
  expect(log).toEqual(expect.arrayContaining(['put aside old STORAGE_REFUSED: Error', 'hide young']));
});

test('what there is no time for is not begun, and its next try is spaced', async () => {
  const { tools, log } = recorded();
  const deliveries = [deliveryOf('a', { deliveries: 3 }), deliveryOf('b', { deliveries: 4 })];

  expect(await worked(deliveries, tools, { remaining: () => 100 })).toEqual(['a', 'b']);
  expect(log).toEqual(['hide a', 'hide b']);
});

test('a message that takes the place of another keeps the age of the first', async () => {
  const { tools, sent } = recorded(() => ({ action: 'send-again', body: 'later', delaySeconds: 4 }));
  const firstSentAt = now - 100 * minute;

  expect(await worked([deliveryOf('a', { firstSentAt })], tools)).toEqual([]);
  expect(sent).toEqual([expect.objectContaining({ body: 'later', delaySeconds: 4, firstSentAt, setApart: false })]);
});

test('a message that was judged and is looked at once more reports what it came to, once it is sent', async () => {
  const reported: unknown[] = [];
  const report = { counts: { PostbackRecorded: 1 }, fields: { result: 'recorded' } } as const;
  const again = { action: 'send-again', body: 'later', delaySeconds: 60 } as const;
  const { tools } = recorded(({ body }) => (body === 'judged' ? { ...again, report } : again));
  const noting: Tools = { ...tools, report: (_, counts, fields) => void reported.push({ counts, fields }) };
  await worked([deliveryOf('judged'), deliveryOf('waits')], noting);
  expect(reported).toEqual([report]);
});

test('where not even deleting or sending works, messages come back and none is lost', async () => {
  const { tools } = recorded(({ body }) => (body === 'moves' ? { action: 'send-again', body, delaySeconds: 4 } : done));
  const broken = async () => {
    throw new Error('the queue is broken');
  };
  const deliveries = [deliveryOf('moves'), deliveryOf('a'), deliveryOf('often', { deliveries: 3 })];

  expect(await worked(deliveries, { ...tools, sendAgain: broken, remove: broken, hide: broken })).toEqual(['moves']);
});
