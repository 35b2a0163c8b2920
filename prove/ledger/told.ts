import { isCounted, wasEverWorth } from './counted';
import type { Allowances, Heard, Ledger, LoggedVerdict, SentPostback, StoredConversion } from './ledger';
import type { Unit } from './unit';

type Told = Extract<Heard, { kind: 'verdict' }>;

function toldOf({ heard }: SentPostback): readonly Told[] {
  return heard.filter((answer) => answer.kind === 'verdict');
}

export function requestIdsOf(postback: SentPostback): readonly string[] {
  return toldOf(postback).map(({ requestId }) => requestId);
}

/** What senders were told of a unit and is not so, in words. */
export function toldFindings(
  unit: Unit,
  rows: readonly StoredConversion[],
  counted: number,
  { log, allowances }: Pick<Ledger, 'log' | 'allowances'>,
): readonly string[] {
  const heard = unit.postbacks.flatMap((postback) => postback.heard);
  const told = unit.postbacks.flatMap(toldOf);
  const made = told.filter((answer) => isMade(finalOf(answer, log))).length;
  const unheard = heard.some(
    (answer) => answer.kind === 'unknown' || (allowances.uncertainErrors === true && answer.result === 'error'),
  );
  const open = told.some(({ result, requestId }) => result === 'queued' && log.get(requestId)?.result === 'queued');
  const findings = told.flatMap((answer) => [
    ...answerFindings(answer, rows, allowances),
    ...logFindings(answer, log.get(answer.requestId), allowances),
  ]);
  if (made > 1) findings.push(`was told as new ${made} times`);
  if (counted > 0 && made === 0 && !unheard && !open) findings.push('is stored, and no answer said that it was new');
  return findings;
}

/** A 202 promises a verdict, which the log holds later. */
function finalOf({ result, reason, requestId }: Told, log: Ledger['log']): LoggedVerdict {
  return result === 'queued' ? (log.get(requestId) ?? { result, reason }) : { result, reason };
}

/** Where amounts add up, a content that is new to its key updates it. */
function isMade({ result }: LoggedVerdict): boolean {
  return result === 'recorded' || result === 'updated';
}

function answerFindings(
  { result, reason, requestId, amount }: Told,
  rows: readonly StoredConversion[],
  { uncertainErrors }: Allowances,
): readonly string[] {
  if (result === 'rejected') return [`was refused with ${reason}`];
  if (result === 'error') {
    const entries = rows.flatMap(({ history }) => history);
    const isStored = entries.some((entry) => isCounted(entry) && entry.requestId === requestId);
    return isStored && uncertainErrors !== true ? [`was told 503 as ${requestId}, which is stored`] : [];
  }
  if (amount === undefined || rows.length === 0 || rows.some((row) => wasEverWorth(row, amount))) return [];
  return [`was told ${amount} as ${requestId}, which never was its worth`];
}

/** What the log holds of an answer; of a 503 it need not hold anything. */
function logFindings(
  { result, requestId }: Told,
  row: LoggedVerdict | undefined,
  { lostLogRows }: Allowances,
): readonly string[] {
  if (result === 'error' || result === 'rejected') return [];
  if (row?.result === 'rejected') return [`was acknowledged as ${requestId}, and refused later with ${row.reason}`];
  if (lostLogRows === true) return [];
  if (row === undefined) return [`has no log row for ${requestId}, which was told ${result}`];
  if (result === 'queued' || row.result === result) return [];
  return [`was told ${result} as ${requestId}, and the log says ${row.result}`];
}
