import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import type { ReceivedAnswer, ShownState } from '../ledger/ledger';
import { campaignId, proofCurrency, type Driven } from '../load/driven';
import { inParallel } from '../load/parallel';
import { receivedAnswer, sendUntilSettled } from '../load/sender';
import type { OutboundLoad } from '../scenario';
import { call } from '../stack/http';
import type { StackProcess } from '../stack/process';
import type { Sale } from './outbound-ledger';

/** The postbacks of an advertiser for one sale, in order. */
const courses: readonly (readonly (readonly [status: string, amount: string])[])[] = [
  [['approved', '12.35']],
  [
    ['pending', '10'],
    ['approved', '10'],
  ],
  [
    ['pending', '5'],
    ['approved', '5'],
    ['approved', '7.25'],
  ],
  [
    ['approved', '8'],
    ['reversed', '8'],
  ],
  [
    ['pending', '3'],
    ['rejected', '3'],
  ],
];
const repeatShare = 0.3;

const verdictSchema = v.object({ result: v.string() });
const conversionsSchema = v.object({
  items: v.array(v.object({ status: v.string(), amount: v.optional(v.string()) })),
});
const patienceMilliseconds = 120_000;

/** Waits until a postback is settled, since a slow machine may queue it, before the next is sent. Each click has one sale. */
async function whenSettled(stack: StackProcess, requestId: string, clickId: string): Promise<ShownState> {
  const read = async (path: string): Promise<unknown> => call(`${stack.url}/admin/v1/${path}`);
  const deadline = Date.now() + patienceMilliseconds;
  while (v.parse(verdictSchema, await read(`postbacks/${requestId}`)).result === 'queued') {
    if (Date.now() > deadline) throw new Error(`the postback ${requestId} was not settled`);
    await pause(500);
  }
  const [conversion] = v.parse(conversionsSchema, await read(`conversions?clickId=${clickId}`)).items;
  if (conversion === undefined) throw new Error(`the click ${clickId} has no conversion`);
  return conversion;
}

/** Sends clicks of each source and the postbacks of each sale, in order, and some of them twice. */
export async function sell(
  stack: StackProcess,
  { sales: count, senders }: OutboundLoad,
  sources: readonly string[],
  driven: Driven,
  choose: () => number,
  chance: () => number,
): Promise<readonly Sale[]> {
  const sales: Sale[] = [];
  const planned = Array.from({ length: count }, (_, number) =>
    sources.map((source, at) => ({
      source,
      transactionId: `t${number}-${at}`,
      course: courses[Math.floor(choose() * courses.length)] ?? [],
      repeats: courses.map(() => choose() < repeatShare),
    })),
  ).flat();
  await inParallel(senders, planned, async ({ source, transactionId, course, repeats }) => {
    const clickId = await clickOf(source, transactionId);
    const states: ShownState[] = [];
    for (const [at, [status, amount]] of course.entries()) {
      const sent = { clickId, transactionId, status, amount };
      for (let times = repeats[at] === true ? 2 : 1; times > 0; times -= 1) states.push(await post(sent));
    }
    sales.push({ source, clickId, transactionId, states });
  });
  return sales;

  async function clickOf(source: string, externalId: string): Promise<string> {
    const path = `/c/${campaignId}?source=${source}&external_id=${externalId}`;
    const reply = await sendUntilSettled(stack, path, { chance });
    const clickId = /[?&]sub=([^&]+)/.exec(String(reply?.headers['location'] ?? ''))?.[1];
    if (clickId === undefined) throw new Error('a click got no ID');
    driven.clickIds.push(clickId);
    return clickId;
  }

  async function post(sent: Readonly<Record<'clickId' | 'transactionId' | 'status' | 'amount', string>>) {
    const { clickId, transactionId, status, amount } = sent;
    const answers: ReceivedAnswer[] = [];
    const statement = `clickid=${clickId}&txid=${transactionId}&amount=${amount}&status=${status}`;
    const sentAt = stack.now();
    await sendUntilSettled(stack, `/postback?${statement}`, {
      onReply(reply) {
        driven.requests += 1;
        answers.push(receivedAnswer(reply));
      },
      chance,
    });
    const rules = { mode: 'update', currency: proofCurrency } as const;
    const content = { status, amount };
    driven.postbacks.push({
      clickId,
      transactionId,
      content,
      rules,
      statement,
      sentAt,
      settledAt: stack.now(),
      answers,
    });
    const last = answers.at(-1);
    if (last?.kind === 'verdict' && last.result === 'queued') return whenSettled(stack, last.requestId, clickId);
    if (last?.kind !== 'verdict' || last.conversion === undefined) {
      throw new Error(`a postback was not settled: ${JSON.stringify(last)}`);
    }
    return last.conversion;
  }
}
