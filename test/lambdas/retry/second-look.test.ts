import * as metric from '../../../lambdas/counters';
import type { ClickId } from '../../../lambdas/domain/click/click-id';
import { secondLookSeconds } from '../../../lambdas/domain/queue/backoff';
import { readMessage, writePostbackMessage, type QueuedPostback } from '../../../lambdas/domain/queue/message';
import { judgeOrQueue } from '../../../lambdas/judgement/judge-or-queue';
import type { MessageSettlement } from '../../../lambdas/retry/delivery';
import { settle } from '../../../lambdas/retry/settle';
import { master, requestId } from '../domain/support/factories';
import { noHurry, World } from '../judgement/unit/memory';

let world: World;
let click: ClickId;

beforeEach(() => {
  world = new World();
  click = world.click();
});

const messageOf = (query: string, fields: Partial<QueuedPostback> = {}): string => {
  const { attempts: _none, ...submission } = world.submission(query);
  return writePostbackMessage({ ...submission, reason: 'PENDING_RETRY', ...fields }, master);
};

const delivered = (body: string): Promise<MessageSettlement> =>
  settle({ body, deliveries: 1 }, world.stores, async () => 0, noHurry);

/** The message that takes the place of another. */
async function replacing(body: string): Promise<string> {
  const settlement = await delivered(body);
  if (settlement.action !== 'send-again') throw new Error(`it was ${settlement.action}`);
  return settlement.body;
}

/** A sale that read its click before a reversal marked that, and is written after it. */
async function inFlight(judge: () => Promise<unknown>): Promise<void> {
  const marked = world.clicks.get(click);
  if (marked === undefined) throw new Error('the click is there');
  const { reversalWaiting: _none, ...before } = marked;
  world.clicks.set(click, before);
  await judge();
  world.clicks.set(click, marked);
}

const amounts = (): readonly (string | undefined)[] =>
  world
    .rowsOf(click)
    .filter(({ metBy }) => metBy === undefined)
    .map(({ status, amount }) => `${status} ${amount}`);

describe('a reversal out of the queue whose sale is not there yet', () => {
  test('is counted when it is recorded, and looked at once more a minute later', async () => {
    const first = await delivered(messageOf(`clickid=${click}&status=reversed`));
    expect(first).toMatchObject({
      action: 'send-again',
      delaySeconds: secondLookSeconds,
      report: { counts: { [metric.postbackRecorded]: 1 }, fields: { result: 'recorded' } },
    });
    const body = first.action === 'send-again' ? first.body : '';
    expect(readMessage(body, master)).toMatchObject({ message: { postback: { secondLook: true, judgedBefore: 2 } } });
    expect(await delivered(body)).toMatchObject({ action: 'done', counts: {}, fields: { result: 'recorded' } });
  });

  test.each<[string, Partial<QueuedPostback>]>([
    ['that waited for storage', {}],
    ['of a batch', { reason: 'PENDING_BATCH', batchId: requestId(900) }],
  ])('%s takes back a sale that was written at the same moment', async (_, fields) => {
    const body = await replacing(messageOf(`clickid=${click}&status=reversed&amount=4`, fields));
    await inFlight(() => world.send(`clickid=${click}&event=sale&txid=T1&amount=10`));
    expect(amounts()).toEqual(['reversed undefined', 'approved 10']);
    await delivered(body);
    expect(amounts()).toEqual(['approved 6']);
  });

  test('leaves the registration that it was taken for, though the deposit had waited in the queue for longer', async () => {
    await world.send(`clickid=${click}&event=registration`);
    const deposit = world.submission(`clickid=${click}&event=deposit&txid=T1&amount=100`);
    const body = await replacing(messageOf(`clickid=${click}&status=reversed`));
    const { request } = deposit;
    await inFlight(() => world.judge({ ...deposit, request: { ...request, receivedAt: request.receivedAt - 1000 } }));
    await delivered(body);
    expect(amounts()).toEqual(['approved undefined', 'reversed 100']);
  });

  test('is not looked at again where it found its sale, nor as a dry run', async () => {
    expect(await delivered(messageOf(`clickid=${click}&status=reversed&dry_run=1`))).toMatchObject({ action: 'done' });
    await world.send(`clickid=${click}&txid=T1&amount=10`);
    expect(await delivered(messageOf(`clickid=${click}&txid=T1&status=reversed`))).toMatchObject({ action: 'done' });
  });

  test('that was judged while its sender waited is counted by then, and not when it is looked at again', async () => {
    const sent: [string, number][] = [];
    const queue = {
      send: async (body: string, delaySeconds: number) => void sent.push([body, delaySeconds]),
      sendAll: async () => [],
    };
    await judgeOrQueue(world.submission(`clickid=${click}&status=reversed`), world.stores, queue, noHurry);
    const [[body, delaySeconds] = ['', 0], ...others] = sent;
    expect([delaySeconds, others]).toEqual([secondLookSeconds, []]);
    expect(await delivered(body)).toMatchObject({ action: 'done', counts: {} });
  });
});
