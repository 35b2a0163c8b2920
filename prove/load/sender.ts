import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import type { Heard } from '../ledger/ledger';
import { send, type Reply, type Sent } from '../stack/http';
import type { StackProcess } from '../stack/process';

/** A sender gives up after this; by then no fault of a scenario lasts. */
const patienceMilliseconds = 120_000;
const firstPauseMilliseconds = 100;
const longestPauseMilliseconds = 2000;

const verdictSchema = v.object({
  result: v.string(),
  reason: v.string(),
  requestId: v.string(),
  conversion: v.optional(v.object({ amount: v.string() })),
});

/** The verdict in an answer; what is none of ours, such as the platform's own 500, says nothing. */
export function readVerdict({ status, body }: Reply): Heard {
  const verdict = v.safeParse(v.pipe(v.string(), v.parseJson(), verdictSchema), body);
  if (!verdict.success) return { kind: 'unknown', what: String(status) };
  const { result, reason, requestId, conversion } = verdict.output;
  return {
    kind: 'verdict',
    status,
    result,
    reason,
    requestId,
    ...(conversion !== undefined && { amount: conversion.amount }),
  };
}

/**
 * Sends until an answer settles it, as senders do: again after a 5xx, a 429 or none at all, with growing pauses.
 * @returns the last reply, where there was one, and what ended each try before it
 */
export async function sendUntilSettled(
  stack: StackProcess,
  path: string,
  sent: () => Sent,
  onReply: (reply: Reply | Error) => void,
): Promise<Reply | undefined> {
  const deadline = Date.now() + patienceMilliseconds;
  for (let attempt = 0; Date.now() < deadline; attempt++) {
    try {
      const reply = await send(stack.url + path, sent());
      onReply(reply);
      if (reply.status < 500 && reply.status !== 429) return reply;
    } catch (error) {
      onReply(error instanceof Error ? error : new Error(String(error)));
    }
    const full = Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** attempt);
    await pause(full * (0.5 + Math.random() / 2));
  }
  return undefined;
}

/** What a try came to, for the ledger. */
export function heardOf(reply: Reply | Error): Heard {
  return reply instanceof Error ? { kind: 'unknown', what: reply.message } : readVerdict(reply);
}
