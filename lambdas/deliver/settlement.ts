import type { DeliverySettlement } from '../adapters/deliveries-table';
import type { Delivery } from '../domain/outbound/delivery';
import { judgeAnswer, type Attempt, type Judgement } from '../domain/outbound/judge';
import { maskSecrets } from '../domain/outbound/mask-secrets';
import { nextAttemptAt } from '../domain/outbound/schedule';
import type { Prepared } from '../outbound/request-of';

/** Characters of an answer and of a URL that are kept for people. */
const longestText = 200;
const longestUrl = 1000;

/** The effect of one attempt on its delivery. */
export function settlementOf(
  delivery: Delivery,
  { template, secrets, masked, expiresAt }: Extract<Prepared, { readonly ok: true }>,
  attempt: Attempt,
  now: number,
  random: number,
): { readonly settlement: DeliverySettlement; readonly outcome: Judgement['outcome'] } {
  const { outcome, reason, detail, retryAfterSeconds } = judgeAnswer(template?.success, attempt, now);
  const attempts = delivery.attempts + 1;
  const firstTriedAt = delivery.firstTriedAt ?? now;
  const told = {
    reason,
    attempts,
    firstTriedAt,
    lastTriedAt: now,
    ...(detail !== undefined && { detail: shown(detail, secrets) }),
    ...('httpStatus' in attempt && {
      answer: { httpStatus: attempt.httpStatus, text: shown(attempt.text, secrets) },
    }),
    request: { method: masked.method, url: masked.url.slice(0, longestUrl) },
  };
  if (outcome !== 'retry') return { settlement: { ...told, state: outcome }, outcome };
  const next = nextAttemptAt({ attempts, firstTriedAt, now, random, retryAfterSeconds, expiresAt });
  return {
    settlement: next === 'exhausted' ? { ...told, state: 'exhausted' } : { ...told, state: 'due', dueAt: next },
    outcome,
  };
}

/** Returns the beginning of a source's answer. Secrets are masked before the cut, which could keep half of one. */
function shown(text: string, secrets: Parameters<typeof maskSecrets>[1]): string {
  return maskSecrets(text, secrets).slice(0, longestText).toWellFormed();
}
