import * as v from 'valibot';
import {
  fillableWarnings,
  recordedResults,
  replayableReasons,
  replayableResults,
} from '../../lambdas/domain/verdict/replay';
import { reasons, type Reason } from '../../lambdas/domain/values/reasons';
import type { AdminApi } from '../api/admin-api';
import { Failure } from '../failure';
import { showNothing, type StartProgress } from '../progress';
import { isTaken, knownReason, logRow, type LogRow } from '../answers';
import { largestPage } from '../pages';
import { addPayable, noMoney, type PayableMoney } from './money';

/** Selects rows of the log. Both ends of the period are fixed, so that the real replay reads the rows of the dry run. */
export interface ReplayFilter {
  readonly since: string;
  readonly until: string;
  readonly integration?: string | undefined;
  readonly campaign?: string | undefined;
  readonly clickId?: string | undefined;
  readonly result?: string | undefined;
}

export type FillableWarning = (typeof fillableWarnings)[number];

/** The kind of rows: rejected for a reason, or recorded with a warning. */
export type ReplayKind = { readonly reason: Reason } | { readonly warning: FillableWarning };

/** Rows of one kind: the API returns their outcome, and the kind is their former state. */
export interface ReplayPart {
  readonly filter: ReplayFilter;
  readonly kind: ReplayKind;
  /** The number in the log. */
  readonly rows: number;
}

/** The outcome of postbacks of one kind. */
export interface ReplayChange {
  readonly before: string;
  readonly after: string;
  readonly postbacks: number;
  readonly outcome: 'taken' | 'refused' | 'filled' | 'unfilled';
}

export interface ReplayOutcome {
  readonly dryRun: boolean;
  readonly examined: number;
  readonly replayed: number;
  /** Rows without their request, which the log no longer keeps. */
  readonly notReplayable: number;
  readonly changed: number;
  readonly changes: readonly ReplayChange[];
  /** The payable amount of the affected conversions. */
  readonly money: PayableMoney;
}

const replayAnswer = v.looseObject({
  examined: v.number(),
  replayed: v.number(),
  notReplayable: v.number(),
  changed: v.number(),
  outcomes: v.record(v.string(), v.number()),
  money: v.object({ before: v.record(v.string(), v.string()), after: v.record(v.string(), v.string()) }),
  done: v.boolean(),
  cursor: v.optional(v.string()),
});

/** Filters a period of the log; without a filter, all rows that a replay may change or fill in. */
export interface ReplayChoice {
  readonly reason?: Reason | undefined;
  readonly warning?: FillableWarning | undefined;
}

/** Counts the rows that a replay would take, by their kind. */
export async function partsOf(
  api: AdminApi,
  filter: ReplayFilter,
  { reason, warning }: ReplayChoice,
  startProgress: StartProgress = showNothing,
): Promise<readonly ReplayPart[]> {
  const all = reason === undefined && warning === undefined && filter.result === undefined;
  const warnings = all ? fillableWarnings : warning === undefined ? [] : [warning];
  const results = warning === undefined ? resultsOf(filter, reason) : [];
  const progress = startProgress('rows of the log read');
  const rows = new Map<Reason | FillableWarning, ReplayPart>();
  const add = (name: Reason | FillableWarning, kind: ReplayKind): void => {
    rows.set(name, { filter, kind, rows: (rows.get(name)?.rows ?? 0) + 1 });
  };
  try {
    for (const result of results) {
      const query = { ...filter, result, reason, limit: largestPage };
      for await (const page of api.pages(['postbacks'], logRow, query)) {
        progress.advance(page.length);
        for (const row of page) {
          const known = knownReason(row.reason);
          if (known !== undefined && replayableReasons.includes(known)) add(known, { reason: known });
        }
      }
    }
    for (const one of warnings) {
      for await (const page of api.pages(['postbacks'], logRow, { ...filter, warning: one, limit: largestPage })) {
        progress.advance(page.length);
        for (const row of page) if (isRecorded(row)) add(one, { warning: one });
      }
    }
  } finally {
    progress.end();
  }
  return [...rows.values()];
}

const isRecorded = ({ result }: LogRow): boolean => recordedResults.some((known) => known === result);

/** The possible effect of a replay on a row; `undefined` if there is none. */
function kindOf({ result, reason, warnings }: LogRow): ReplayKind | undefined {
  const known = knownReason(reason);
  if (known === undefined) return undefined;
  if (replayableReasons.includes(known)) return { reason: known };
  if (!recordedResults.some((recorded) => recorded === result)) return undefined;
  const warning = fillableWarnings.find((fillable) => warnings.some(({ code }) => code === fillable));
  return warning && { warning };
}

/** A reason belongs to one result: other results need no search. */
function resultsOf({ result }: ReplayFilter, asked: Reason | undefined): readonly string[] {
  if (result !== undefined) return [result];
  return asked === undefined ? replayableResults : [reasons[asked].result];
}

/** Whether a replay would record or fill in a row, by the tracker's dry run. */
export async function wouldReplayTake(api: AdminApi, row: LogRow): Promise<boolean> {
  const kind = kindOf(row);
  if (kind === undefined) return false;
  const { taken, filled } = tallyOf(await replayParts(api, [partOf(row, kind)], true));
  return taken + filled > 0;
}

/** Selects the row of a request by time, click and kind, since a replay cannot filter by request ID. */
export async function partOfRequest(api: AdminApi, requestId: string): Promise<ReplayPart> {
  const row = await api.call('GET', ['postbacks', requestId], logRow);
  const kind = kindOf(row);
  if (kind !== undefined) return partOf(row, kind);
  throw new Failure('rejected', `${requestId} is ${row.reason}, which a replay does not change.`, {
    hint: `"tracker postbacks explain ${requestId}" shows why.`,
  });
}

function partOf({ receivedAt, integration, clickId }: LogRow, kind: ReplayKind): ReplayPart {
  return { filter: { since: receivedAt, until: receivedAt, integration, clickId }, kind, rows: 1 };
}

/** Replays part by part, each to its end; after an error the next run continues with the rest. */
export async function replayParts(
  api: AdminApi,
  parts: readonly ReplayPart[],
  dryRun: boolean,
  startProgress: StartProgress = showNothing,
): Promise<ReplayOutcome> {
  const total = parts.reduce((sum, { rows }) => sum + rows, 0);
  const progress = startProgress(dryRun ? 'foreseen' : 'replayed', total);
  const sums = { examined: 0, replayed: 0, notReplayable: 0, changed: 0 };
  const changes = new Map<string, ReplayChange>();
  let money = noMoney;
  try {
    for (const { filter, kind } of parts) {
      let cursor: string | undefined;
      do {
        const body = { filter: { ...filter, ...kind }, dryRun, cursor };
        const answer = await api.call('POST', ['postbacks', 'replay'], replayAnswer, { body });
        sums.examined += answer.examined;
        sums.replayed += answer.replayed;
        sums.notReplayable += answer.notReplayable;
        sums.changed += answer.changed;
        money = addPayable(money, answer.money);
        for (const change of changesOf(kind, answer)) countChange(changes, change);
        progress.advance(answer.examined);
        ({ cursor } = answer);
      } while (cursor !== undefined);
    }
  } finally {
    progress.end();
  }
  const sorted = [...changes.values()].sort((left, right) => right.postbacks - left.postbacks);
  return { dryRun, ...sums, changes: sorted, money };
}

function countChange(changes: Map<string, ReplayChange>, change: ReplayChange): void {
  const key = `${change.before} ${change.after}`;
  changes.set(key, { ...change, postbacks: change.postbacks + (changes.get(key)?.postbacks ?? 0) });
}

/** A recorded postback keeps its reason: it is filled in, or stays unchanged. */
function changesOf(
  kind: ReplayKind,
  { outcomes, changed }: Pick<v.InferOutput<typeof replayAnswer>, 'outcomes' | 'changed'>,
): readonly ReplayChange[] {
  const before = 'reason' in kind ? kind.reason : kind.warning;
  const all = Object.entries(outcomes).map(([after, postbacks]): ReplayChange => ({
    before,
    after,
    postbacks,
    outcome: isTaken(after) ? 'taken' : 'refused',
  }));
  if ('reason' in kind) return all;
  const refused = all.filter(({ outcome }) => outcome === 'refused');
  const read = all.filter(({ outcome }) => outcome === 'taken').reduce((sum, { postbacks }) => sum + postbacks, 0);
  const filled: readonly ReplayChange[] = [
    { before, after: 'filled in', postbacks: changed, outcome: 'filled' },
    { before, after: 'as before', postbacks: read - changed, outcome: 'unfilled' },
  ];
  return [...filled.filter(({ postbacks }) => postbacks > 0), ...refused];
}

/** Counts accepted, still rejected, and filled-in postbacks. */
export function tallyOf({
  changes,
}: Pick<ReplayOutcome, 'changes'>): Readonly<Record<ReplayChange['outcome'], number>> {
  const tally = { taken: 0, refused: 0, filled: 0, unfilled: 0 };
  for (const { outcome, postbacks } of changes) tally[outcome] += postbacks;
  return tally;
}
