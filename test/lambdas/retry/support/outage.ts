import type { LogRow } from '../../../../lambdas/domain/log/log-row';
import { reasons, type Reason } from '../../../../lambdas/domain/values/reasons';
import type { Verdict } from '../../../../lambdas/domain/verdict/verdict';
import { writeClickMessage, writePostbackMessage } from '../../../../lambdas/domain/queue/message';
import type { Judged, JudgementStores } from '../../../../lambdas/judgement/judge';
import type { Submission } from '../../../../lambdas/judgement/submission';
import type { QueueDelivery } from '../../../../lambdas/retry/delivery';
import { settle } from '../../../../lambdas/retry/settle';
import { workBatch, type Tools } from '../../../../lambdas/retry/work';
import { newClickId, newRequestId } from '../../adapters/support/claims';
import { master } from '../../adapters/support/secret-server';
import { noHurry } from '../../adapters/support/storage';
import { clickOf, requestOf } from '../../adapters/support/world';

/** A stretch of time in which something does not work; milliseconds since the beginning. */
export interface Trouble {
  readonly what: 'everything' | 'clicks cannot be written';
  readonly from: number;
  readonly until: number;
}

export interface Outcome {
  readonly verdicts: Readonly<Partial<Record<Reason, number>>>;
  readonly deadLetters: readonly string[];
  /** What waited when the last trouble was over, and how much of it came back first in the busiest minute after that. */
  readonly waited: number;
  readonly busiestMinute: number;
  /** When the last message was done. Milliseconds since the beginning. */
  readonly emptyAt: number;
  readonly storedClicks: number;
  /** How often a function sent a message to its own queue, of the message for which it did so most often. */
  readonly mostSends: number;
}

interface Waiting extends QueueDelivery {
  readonly visibleAt: number;
  readonly sends: number;
}

const start = Date.UTC(2026, 10, 23);
const hour = 60 * 60 * 1000;

let storedClicks = new Set<string>();
let isDown: () => boolean = () => false;

/** Judges by nothing but whether the click is there: the queue's rules are on trial. */
export const simpleJudgement = {
  judge: async (submission: Submission): Promise<Judged> => {
    if (isDown()) throw new Error('storage is down');
    const clickId = newestClickId(submission);
    return judgedAs(submission, storedClicks.has(clickId) ? 'OK' : 'PENDING_UNMATCHED', clickId);
  },
  settleNotFound: async (submission: Submission): Promise<Judged> =>
    judgedAs(submission, 'CLICK_NOT_FOUND', newestClickId(submission)),
};

const newestClickId = ({ request }: Submission): string => new URLSearchParams(request.rawQuery).get('clickid') ?? '';

function judgedAs({ request, requestId, attempts }: Submission, reason: Reason, text: string): Judged {
  const { result, httpStatus } = reasons[reason];
  const verdict: Verdict = { result, httpStatus, reason, message: '', requestId, warnings: [] };
  const row: LogRow = {
    requestId,
    receivedAt: new Date(request.receivedAt).toISOString(),
    method: 'GET',
    path: '/postback',
    raw: '',
    result,
    reason,
    httpStatus,
    message: '',
    warnings: [],
    attempts,
    expiresAt: 0,
  };
  const clickId = text as ReturnType<typeof newClickId>;
  return {
    verdict,
    facts: { clickId, covered: request, trust: 'none', test: false, dryRun: false, warnings: [] },
    row,
    logged: false,
  };
}

/**
 * Runs the retry function on a queue of our own under a clock that jumps from one delivery to the next. Each pair is a click and a
 * postback of it, both acknowledged: what storage takes at once is there, and the rest waits.
 * @param pairs when each click comes, and when its postback; milliseconds since the beginning
 */
export async function outageOf(
  pairs: readonly {
    readonly click: number;
    readonly postback: number;
    readonly inBatch?: boolean;
    readonly isLost?: boolean;
  }[],
  troubles: readonly Trouble[],
  random: () => number,
): Promise<Outcome> {
  let now = start;
  const inTrouble = (what: Trouble['what']) =>
    troubles.some((one) => one.what === what && start + one.from <= now && now < start + one.until);
  const rejectsWrites = () => inTrouble('everything') || inTrouble('clicks cannot be written');
  storedClicks = new Set();
  isDown = () => inTrouble('everything');

  const queue = new Map<string, Waiting>();
  let sent = 0;
  const deadLetters: string[] = [];
  const verdicts: Partial<Record<Reason, number>> = {};
  const perMinute = new Map<number, number>();
  const returned = new Set<string>();
  let [emptyAt, mostSends] = [0, 0];
  const over = Math.max(...troubles.map(({ until }) => until));

  function send(body: string, delaySeconds: number, firstSentAt = now, setApart = false, sends = 0): void {
    const id = String(sent++);
    const times = { sentAt: now, firstSentAt, visibleAt: now + delaySeconds * 1000 };
    queue.set(id, { messageId: id, receiptHandle: id, body, deliveries: 0, setApart, sends, ...times });
    mostSends = Math.max(mostSends, sends);
  }

  const whenUp = async (isBroken: () => boolean): Promise<void> => {
    if (isBroken()) throw new Error('storage is down');
  };
  const stores = {
    masterSecret: { read: async () => master },
    clicks: {
      put: async ({ clickId }: { clickId: string }) => {
        await whenUp(rejectsWrites);
        storedClicks.add(clickId);
      },
      probe: () => whenUp(rejectsWrites),
    },
    postbackLog: {
      put: async ({ reason, result }: LogRow) => {
        await whenUp(isDown);
        if (result !== 'queued') verdicts[reason as Reason] = (verdicts[reason as Reason] ?? 0) + 1;
      },
    },
  } as unknown as JudgementStores;

  const dueNow = async (): Promise<number> => [...queue.values()].filter(({ visibleAt }) => visibleAt <= now).length;
  const tools: Tools = {
    settle: (delivery, deadline) => settle(delivery, stores, dueNow, deadline, () => now),
    hide: async ({ messageId }, seconds) => {
      const waiting = queue.get(messageId);
      if (waiting !== undefined) queue.set(messageId, { ...waiting, visibleAt: now + seconds * 1000 });
    },
    sendAgain: async (replacement) => {
      const sends = 'sends' in replacement ? Number(replacement.sends) : 0;
      send(replacement.body, replacement.delaySeconds, replacement.firstSentAt, replacement.setApart, sends + 1);
    },
    remove: async () => undefined,
    putAside: async (_, reason) => void deadLetters.push(reason),
    report: () => undefined,
  };

  const arrivals = pairs
    .flatMap(({ click, postback, inBatch = false, isLost = false }) => {
      const id = newClickId(start + click);
      return [
        ...(isLost ? [] : [{ at: click, arrive: () => arriveClick(id) }]),
        { at: postback, arrive: () => arrivePostback(id, inBatch) },
      ];
    })
    .toSorted((left, right) => left.at - right.at);

  function arriveClick(clickId: ReturnType<typeof newClickId>): void {
    if (rejectsWrites()) send(writeClickMessage(clickOf({ clickId, clickedAt: now })), 0);
    else storedClicks.add(clickId);
  }

  function arrivePostback(clickid: string, inBatch: boolean): void {
    const postback = { request: requestOf({ clickid }, { receivedAt: now }), requestId: newRequestId(now) };
    if (inBatch) send(writePostbackMessage({ ...postback, reason: 'PENDING_BATCH', batchId: 'b' }, master), 0);
    else if (isDown()) send(writePostbackMessage({ ...postback, reason: 'PENDING_RETRY' }, master), 2);
    else if (storedClicks.has(clickid)) verdicts.OK = (verdicts.OK ?? 0) + 1;
    else send(writePostbackMessage({ ...postback, reason: 'PENDING_UNMATCHED', unmatchedSince: now }, master), 5);
  }

  async function deliver(batch: readonly Waiting[]): Promise<void> {
    const deliveries = batch.map((waiting) => ({ ...waiting, deliveries: waiting.deliveries + 1 }));
    // Hidden for as long as the queue says, unless the function says otherwise.
    deliveries.forEach((one) => queue.set(one.messageId, { ...one, visibleAt: now + 360_000 }));
    const left = await workBatch(deliveries, tools, { work: noHurry, rest: noHurry }, () => now, random);
    deliveries.filter(({ messageId }) => !left.includes(messageId)).forEach(({ messageId }) => queue.delete(messageId));
    const minute = Math.floor(now / 60_000);
    for (const { messageId, sentAt } of now >= start + over ? batch : []) {
      if (sentAt >= start + over || returned.has(messageId)) continue;
      returned.add(messageId);
      perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
    }
    if (queue.size === 0) emptyAt = now - start;
  }

  let next = 0;
  while (next < arrivals.length || queue.size > 0) {
    const due = Math.min(...[...queue.values()].map(({ visibleAt }) => visibleAt));
    const arrival = arrivals[next];
    if (arrival !== undefined && start + arrival.at <= due) {
      now = start + arrival.at;
      arrival.arrive();
      next++;
      continue;
    }
    now = due;
    if (now - start > 30 * 24 * hour) throw new Error('the queue is never empty');
    // What comes due within a second is received together.
    const visible = [...queue.values()].filter(({ visibleAt }) => visibleAt <= now + 1000);
    await deliver(visible.slice(0, 10));
  }
  return {
    verdicts,
    deadLetters,
    waited: returned.size,
    busiestMinute: Math.max(0, ...perMinute.values()),
    emptyAt,
    storedClicks: storedClicks.size,
    mostSends,
  };
}
