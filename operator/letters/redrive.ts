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
  /** Whether calls ended before the queue did. */
  readonly more: boolean;
  /** Not taken by the retry queue: still dead. */
  readonly notSent: number;
}

const redriveAnswer = v.looseObject({
  redriven: v.number(),
  more: v.boolean(),
  notSent: v.optional(v.number(), 0),
});

/** A thousand letters a call: enough for any backlog, and an end where letters come back as fast as they go. */
const mostCalls = 200;

/** Moves letters back to the retry queue, call by call, until there are no more of them. */
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

/** The dead letters that one look at the queue shows: a queue has no pages. */
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
