import type { ReceivedAnswer } from '../ledger/ledger';
import type { Load } from '../scenario';
import type { StackProcess } from '../stack/process';
import { sendBatches } from './batches';
import { campaignId, proofCurrency, newDriven, type Driven } from './driven';
import { inParallel } from './parallel';
import type { PlannedSending, PlannedVisit } from './plan';
import { receivedAnswer, sendClick, sendUntilSettled } from './sender';

export interface Driver {
  readonly driven: Driven;
  /** Share of the load that is settled, 0 to 1. */
  progress(): number;
  run(): Promise<void>;
}

/** Sends a load from several senders in parallel, each processing one click after another. */
export function createDriver(
  stack: StackProcess,
  load: Load,
  visits: readonly PlannedVisit[],
  chance: () => number,
): Driver {
  const driven = newDriven();
  const total = load.postbacks;

  async function click(): Promise<string | undefined> {
    const clickId = await sendClick(stack, campaignId, chance);
    if (clickId === undefined) driven.clicksWithout += 1;
    else driven.clickIds.push(clickId);
    return clickId;
  }

  async function clickAgainAndAgain(): Promise<string> {
    for (let attempt = 0; attempt < 100; attempt++) {
      const clickId = await click();
      if (clickId !== undefined) return clickId;
    }
    throw new Error('no click got an ID in a hundred tries');
  }

  async function post(clickId: string, { transactionId, amount }: PlannedSending): Promise<void> {
    const answers: ReceivedAnswer[] = [];
    const query = `clickid=${clickId}&txid=${transactionId}&amount=${amount}&status=approved`;
    const sentAt = stack.now();
    const hangsUp = (): number | undefined =>
      load.hangUpShare > 0 && chance() < load.hangUpShare ? chance() * 20 : undefined;
    await sendUntilSettled(stack, `/postback?${query}`, {
      sent: () => ({ hangUpMilliseconds: hangsUp() }),
      onReply(reply) {
        driven.requests += 1;
        answers.push(receivedAnswer(reply));
      },
      chance,
    });
    driven.postbacks.push({
      clickId,
      transactionId,
      content: { status: 'approved', amount },
      rules: { mode: load.mode, currency: proofCurrency },
      statement: query,
      sentAt,
      settledAt: stack.now(),
      answers,
    });
  }

  async function sendAll(clickId: string, sending: PlannedSending): Promise<PlannedSending[]> {
    const together = sending.repeats === 'together' ? sending.copies : 1;
    await Promise.all(Array.from({ length: together }, () => post(clickId, sending)));
    const left = Array.from({ length: sending.copies - together }, () => sending);
    if (sending.repeats === 'later') return left;
    for (const again of left) await post(clickId, again);
    return [];
  }

  async function visit({ keys }: PlannedVisit, clickId: string, turn: number): Promise<void> {
    const later: PlannedSending[] = [];
    for (const contents of keys) {
      // In every other visit the contents of a key race each other.
      if (turn % 2 === 0) later.push(...(await Promise.all(contents.map((one) => sendAll(clickId, one)))).flat());
      else for (const one of contents) later.push(...(await sendAll(clickId, one)));
    }
    for (const sending of later) await post(clickId, sending);
  }

  async function run(): Promise<void> {
    const before = load.clicks === 'before' ? await clicksFor(visits.length) : [];
    if (load.batchRows !== undefined) {
      const clickIds = before.length > 0 ? before : await clicksFor(visits.length);
      return sendBatches(stack, load, load.batchRows, visits, clickIds, driven, chance);
    }
    await inParallel(load.senders, visits, async (one, turn) =>
      visit(one, before[turn] ?? (await clickAgainAndAgain()), turn),
    );
  }

  async function clicksFor(count: number): Promise<string[]> {
    const clickIds: string[] = [];
    await inParallel(load.senders, Array.from({ length: count }), async () => {
      clickIds.push(await clickAgainAndAgain());
    });
    return clickIds;
  }

  return { driven, progress: () => driven.postbacks.length / total, run };
}
