import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import type { ReceivedAnswer } from '../ledger/ledger';
import { sendToStack, type Reply, type SentRequest } from '../stack/http';
import type { StackProcess } from '../stack/process';

/** A sender gives up after this; by then no fault of a scenario lasts. */
const patienceMilliseconds = 120_000;
const firstPauseMilliseconds = 100;
const longestPauseMilliseconds = 2000;

const verdictSchema = v.object({
  result: v.string(),
  reason: v.string(),
  requestId: v.string(),
  conversion: v.optional(
    v.object({ status: v.string(), amount: v.optional(v.string()), currency: v.optional(v.string()) }),
  ),
});

/** Returns the verdict in an answer; an answer that is none of ours, such as the platform's 500, has none. */
function readVerdict({ status, body }: Reply): ReceivedAnswer {
  const verdict = v.safeParse(v.pipe(v.string(), v.parseJson(), verdictSchema), body);
  if (!verdict.success) return { kind: 'unknown', what: String(status) };
  const { result, reason, requestId, conversion } = verdict.output;
  return {
    kind: 'verdict',
    status,
    result,
    reason,
    requestId,
    ...(conversion !== undefined && { conversion }),
  };
}

/** Sends a request, and handles each reply to it. */
export interface SendSettings {
  readonly sent?: () => SentRequest;
  readonly onReply?: (reply: Reply | Error) => void;
  /** Whether a reply that is no trouble settles it; a batch may have been taken in part. */
  readonly isTaken?: (reply: Reply) => boolean;
  readonly chance: () => number;
}

/**
 * Sends until an answer settles it, as senders do: again after a 5xx, a 429 or none at all, with growing pauses.
 * @returns the last reply, where there was one, and what ended each try before it
 */
export async function sendUntilSettled(
  stack: StackProcess,
  path: string,
  { sent = () => ({}), onReply = () => undefined, isTaken = () => true, chance }: SendSettings,
): Promise<Reply | undefined> {
  const deadline = Date.now() + patienceMilliseconds;
  for (let attempt = 0; Date.now() < deadline; attempt++) {
    try {
      const reply = await sendToStack(stack.url + path, sent());
      onReply(reply);
      if (reply.status < 500 && reply.status !== 429 && isTaken(reply)) return reply;
    } catch (error) {
      onReply(error instanceof Error ? error : new Error(String(error)));
    }
    const full = Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** attempt);
    await pause(full * (0.5 + chance() / 2));
  }
  return undefined;
}

/** Clicks a link of a campaign; the ID of the click, where the visitor was sent on with one. */
export async function sendClick(
  stack: StackProcess,
  campaign: string,
  chance: () => number,
): Promise<string | undefined> {
  const reply = await sendUntilSettled(stack, `/c/${campaign}`, { chance });
  return /[?&]sub=([^&]+)/.exec(String(reply?.headers['location'] ?? ''))?.[1];
}

/** The outcome of a try, for the ledger. */
export function receivedAnswer(reply: Reply | Error): ReceivedAnswer {
  return reply instanceof Error ? { kind: 'unknown', what: reply.message } : readVerdict(reply);
}
