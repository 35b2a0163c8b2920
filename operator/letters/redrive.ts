import * as v from 'valibot';
import type { AdminApi } from '../api/admin-api';
import { showNothing, type StartProgress } from '../progress';
import { deadLetters, type DeadLetter } from '../answers';
import { largestPage } from '../pages';

/** Selects dead letters. */
export interface LetterFilter {
  readonly reason?: string | undefined;
  readonly kind?: string | undefined;
}

export interface Redriven {
  readonly redriven: number;
  /** Whether the limit of calls was reached before the queue was empty. */
  readonly more: boolean;
  /** Letters that the retry queue rejected: still dead. */
  readonly notSent: number;
}

const redriveAnswer = v.looseObject({
  redriven: v.number(),
  more: v.boolean(),
  notSent: v.optional(v.number(), 0),
});

/** Maximum calls, at a thousand letters each: more than any backlog, and an end if letters return as fast as they are moved. */
const mostCalls = 200;

/** Moves letters to the retry queue, call by call, until none are left. */
export async function redriveAll(
  api: AdminApi,
  filter: LetterFilter,
  startProgress: StartProgress = showNothing,
): Promise<Redriven> {
  const progress = startProgress('dead letters moved');
  const sums = { redriven: 0, notSent: 0 };
  try {
    for (let call = 1; call <= mostCalls; call++) {
      const answer = await api.call('POST', ['dead-letters', 'redrive'], redriveAnswer, { body: { filter } });
      sums.redriven += answer.redriven;
      sums.notSent += answer.notSent;
      progress.advance(answer.redriven);
      if (!answer.more || answer.redriven === 0) return { ...sums, more: answer.more };
    }
    return { ...sums, more: true };
  } finally {
    progress.end();
  }
}

/** Returns the dead letters of one read of the queue: a queue has no pages. */
export async function lookAtLetters(
  api: AdminApi,
  filter: LetterFilter = {},
  limit = largestPage,
): Promise<{ readonly items: readonly DeadLetter[]; readonly more: boolean }> {
  const { items, more } = await api.call('GET', ['dead-letters'], deadLetters, { query: { limit } });
  return { items: items.filter((letter) => isMeant(letter, filter)), more };
}

function isMeant(letter: DeadLetter, { reason, kind }: LetterFilter): boolean {
  return (reason === undefined || letter.reason === reason) && (kind === undefined || letter.kind === kind);
}
