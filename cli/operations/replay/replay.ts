import * as v from 'valibot';
import { replayableReasons, replayableResults } from '../../../lambdas/domain/postback/replay';
import { authenticationReasons, reasons, type Reason } from '../../../lambdas/domain/postback/verdict';
import type { AdminApi } from '../../connection/admin-api';
import { exitCode, Failure, usageFailure } from '../../failure';
import { startCount } from '../../terminal/count';
import { startProgress } from '../../terminal/progress';
import { isTaken, knownReason, logRow, type LogRow } from '../answers';
import { largestPage } from '../limited';

/** Which rows of the log are meant. Both ends of the time are said, so that the real replay sees what the dry run saw. */
export interface ReplayFilter {
  readonly since: string;
  readonly until: string;
  readonly integration?: string | undefined;
  readonly campaign?: string | undefined;
  readonly clickId?: string | undefined;
  readonly result?: string | undefined;
}

/** Rows of one reason: the API tells what became of them, and this what they were. */
export interface ReplayPart {
  readonly filter: ReplayFilter;
  readonly reason: Reason;
  /** How many the log has. */
  readonly rows: number;
}

/** What postbacks of one reason came to. */
export interface Change {
  readonly before: string;
  readonly after: string;
  readonly postbacks: number;
}

export interface ReplayOutcome {
  readonly dryRun: boolean;
  readonly examined: number;
  readonly replayed: number;
  /** Rows that no longer hold their request. */
  readonly notReplayable: number;
  readonly changed: number;
  readonly changes: readonly Change[];
}

const replayAnswer = v.looseObject({
  examined: v.number(),
  replayed: v.number(),
  notReplayable: v.number(),
  changed: v.number(),
  outcomes: v.record(v.string(), v.number()),
  done: v.boolean(),
  cursor: v.optional(v.string()),
});

/** Checks a word of the options here: what a replay may not mend is said before the log is walked. */
export function readReplayReason(text: string): Reason {
  const reason = knownReason(text.toUpperCase());
  if (reason !== undefined && replayableReasons.includes(reason)) return reason;
  if (reason !== undefined && authenticationReasons.includes(reason)) {
    throw usageFailure(`${reason} is never replayed: its sender was not believed, and a replay cannot know better.`);
  }
  throw usageFailure(
    `"${text}" is no reason that a replay may mend.`,
    `There are ${[...replayableReasons].sort().join(', ')}.`,
  );
}

export function readReplayResult(text: string): string {
  const result = text.toLowerCase();
  if (replayableResults.some((known) => known === result)) return result;
  throw usageFailure(`--result is ${replayableResults.join(', ')}, not "${text}": the rest stands.`);
}

/** Counts the rows that a replay would take, by their reason. */
export async function partsOf(
  api: AdminApi,
  filter: ReplayFilter,
  asked: Reason | undefined,
): Promise<readonly ReplayPart[]> {
  const count = startCount('rows of the log read');
  const rows = new Map<Reason, number>();
  try {
    for (const result of resultsOf(filter, asked)) {
      const query = { ...filter, result, reason: asked, limit: largestPage };
      for await (const page of api.pages(['postbacks'], logRow, query)) {
        count.advance(page.length);
        for (const { reason } of page) {
          const known = knownReason(reason);
          if (known === undefined || !replayableReasons.includes(known)) continue;
          rows.set(known, (rows.get(known) ?? 0) + 1);
        }
      }
    }
  } finally {
    count.end();
  }
  return [...rows].map(([reason, number]) => ({ filter, reason, rows: number }));
}

/** A reason belongs to one result: the log need not be walked for the others. */
function resultsOf({ result }: ReplayFilter, asked: Reason | undefined): readonly string[] {
  if (result !== undefined) return [result];
  return asked === undefined ? replayableResults : [reasons[asked].result];
}

/** Whether a replay would take what a row holds. It is foreseen by the tracker itself, and nothing is kept. */
export async function wouldReplayTake(
  api: AdminApi,
  { receivedAt, integration, clickId, reason }: LogRow,
): Promise<boolean> {
  const known = knownReason(reason);
  if (known === undefined || !replayableReasons.includes(known)) return false;
  const filter = { since: receivedAt, until: receivedAt, integration, clickId };
  return tallyOf(await replayParts(api, [{ filter, reason: known, rows: 1 }], true)).taken > 0;
}

/** The one row of a request: the log is asked by time, click and reason, as a replay knows no request ID. */
export async function partOfRequest(api: AdminApi, requestId: string): Promise<ReplayPart> {
  const { receivedAt, integration, clickId, reason } = await api.call('GET', ['postbacks', requestId], logRow);
  const known = knownReason(reason);
  if (known === undefined || !replayableReasons.includes(known)) {
    throw new Failure(exitCode.refused, `${requestId} is ${reason}, which a replay leaves as it is.`, {
      hint: `"tracker postbacks explain ${requestId}" tells why.`,
    });
  }
  return { filter: { since: receivedAt, until: receivedAt, integration, clickId }, reason: known, rows: 1 };
}

/** Replays part by part, each to its end; what goes wrong in the middle leaves the rest for the next time. */
export async function replayParts(
  api: AdminApi,
  parts: readonly ReplayPart[],
  dryRun: boolean,
): Promise<ReplayOutcome> {
  const total = parts.reduce((sum, { rows }) => sum + rows, 0);
  const progress = startProgress(dryRun ? 'foreseen' : 'replayed', total);
  const sums = { examined: 0, replayed: 0, notReplayable: 0, changed: 0 };
  const changes = new Map<string, Change>();
  try {
    for (const { filter, reason } of parts) {
      let cursor: string | undefined;
      do {
        const body = { filter: { ...filter, reason }, dryRun, cursor };
        const answer = await api.call('POST', ['postbacks', 'replay'], replayAnswer, { body });
        sums.examined += answer.examined;
        sums.replayed += answer.replayed;
        sums.notReplayable += answer.notReplayable;
        sums.changed += answer.changed;
        for (const [after, postbacks] of Object.entries(answer.outcomes))
          add(changes, { before: reason, after, postbacks });
        progress.advance(answer.examined);
        ({ cursor } = answer);
      } while (cursor !== undefined);
    }
  } finally {
    progress.end();
  }
  return { dryRun, ...sums, changes: [...changes.values()].sort((left, right) => right.postbacks - left.postbacks) };
}

function add(changes: Map<string, Change>, change: Change): void {
  const key = `${change.before} ${change.after}`;
  changes.set(key, { ...change, postbacks: change.postbacks + (changes.get(key)?.postbacks ?? 0) });
}

/** How many are taken now, and how many stay refused. */
export function tallyOf({ changes }: Pick<ReplayOutcome, 'changes'>): {
  readonly taken: number;
  readonly refused: number;
} {
  const sum = (which: readonly Change[]): number => which.reduce((total, { postbacks }) => total + postbacks, 0);
  return {
    taken: sum(changes.filter(({ after }) => isTaken(after))),
    refused: sum(changes.filter(({ after }) => !isTaken(after))),
  };
}
