import { mayBeRejected, rowText, statesWith } from './expected';
import { isCounted } from './history';
import type { Key } from './key';
import { verdictsOf, type Ledger, type LoggedVerdict, type LedgerPostback, type VerdictAnswer } from './ledger';
import type { StatementSendings } from './sendings';

/**
 * Describes each false answer that senders got about a key.
 * @param isSound whether its rows are what they should be: only then must an answer have called each of them new
 */
export function answerFindings(key: Key, ledger: Ledger, isSound: boolean): readonly string[] {
  return [
    ...key.sendings.flatMap((sending) => sendingFindings(sending, key, ledger)),
    ...key.postbacks.filter(({ isForeign }) => isForeign === true).flatMap((one) => foreignFindings(one, ledger)),
    ...newnessFindings(key, ledger, isSound),
  ];
}

function sendingFindings(sending: StatementSendings, key: Key, { log, allowances }: Ledger): readonly string[] {
  const states = lazily(() => statesWith(sending, key.sendings, key.hasTransaction));
  const isRight = (reason: string): boolean => mayBeRejected(reason, sending, key.sendings, key.hasTransaction);

  function findingsOf(answer: VerdictAnswer): readonly string[] {
    const { result, reason, requestId, conversion } = answer;
    const row = log.get(requestId);
    if (result === 'rejected') return isRight(reason) ? [] : [`was rejected with ${reason} as ${requestId}`];
    if (result === 'error') {
      const entries = key.rows.flatMap(({ history }) => history);
      const isStored = entries.some((entry) => isCounted(entry) && entry.requestId === requestId);
      return isStored && allowances.uncertainErrors !== true
        ? [`was answered 503 as ${requestId}, which is stored`]
        : [];
    }
    const findings: string[] = [];
    if (conversion !== undefined && !states().has(rowText(conversion))) {
      findings.push(`was reported as ${rowText(conversion)} in ${requestId}, which it never was`);
    }
    if (row?.result === 'rejected') {
      if (!isRight(row.reason)) {
        findings.push(`was acknowledged as ${requestId}, and rejected later with ${row.reason}`);
      }
    } else if (allowances.lostLogRows !== true) {
      if (row === undefined) findings.push(`has no log row for ${requestId}, which was reported as ${result}`);
      else if (result !== 'queued' && row.result !== result && !hasMovedOn(sending, result, row)) {
        findings.push(`was reported as ${result} in ${requestId}, and is ${row.result} in the log`);
      }
    }
    return findings;
  }

  return sending.postbacks.flatMap(verdictsOf).flatMap(findingsOf);
}

const accepted: ReadonlySet<string> = new Set(['recorded', 'updated', 'duplicate']);

const isReversal = ({ content }: LedgerPostback): boolean => content.status === 'reversed';

/** A reversal that waited, or was a guess, is judged once more: its last verdict is about the sale that it moved to. */
function hasMovedOn({ postbacks }: StatementSendings, answered: string, row: LoggedVerdict): boolean {
  return postbacks.some(isReversal) && [answered, row.result].every((result) => accepted.has(result));
}

/** Only one request makes a conversion new; where rows count separately, one for each row. */
function newnessFindings({ sendings, rows }: Key, { log, allowances }: Ledger, isSound: boolean): readonly string[] {
  const postbacks = sendings.flatMap((sending) => sending.postbacks);
  const verdicts = postbacks.flatMap(verdictsOf);
  const made = new Set(
    verdicts.filter((answer) => finalOf(answer, log).result === 'recorded').map(({ requestId }) => requestId),
  ).size;
  const answers = postbacks.flatMap((postback) => postback.answers);
  const isUnanswered = answers.some(
    (answer) => answer.kind === 'unknown' || (allowances.uncertainErrors === true && answer.result === 'error'),
  );
  // A queued reversal may have made the row at first, and moved on.
  const hasMoved = postbacks
    .filter(isReversal)
    .flatMap(verdictsOf)
    .some(({ result, requestId }) => result === 'queued' && accepted.has(log.get(requestId)?.result ?? ''));
  const isOpen = verdicts.some(
    ({ result, requestId }) => result === 'queued' && log.get(requestId)?.result === 'queued',
  );
  if (made > rows.length && rows.length > 0)
    return [`was reported as new ${made} times, and is stored ${rows.length} times`];
  if (isSound && made < rows.length && !isUnanswered && !isOpen && !hasMoved)
    return ['is stored, and no answer said that it was new'];
  return [];
}

/** Another network may change nothing, and is answered so. */
function foreignFindings(postback: LedgerPostback, { log }: Ledger): readonly string[] {
  return verdictsOf(postback).flatMap((answer) => {
    const { result, reason } = finalOf(answer, log);
    const isRight = result === 'error' || reason === 'INTEGRATION_MISMATCH';
    return isRight ? [] : [`was taken from another integration: ${reason} as ${answer.requestId}`];
  });
}

/** A 202 promises a verdict, which the log holds later. */
function finalOf({ result, reason, requestId }: VerdictAnswer, log: Ledger['log']): LoggedVerdict {
  return result === 'queued' ? (log.get(requestId) ?? { result, reason }) : { result, reason };
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
