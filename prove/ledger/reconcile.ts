import { answerFindings } from './answer-findings';
import { deltaFindings, isCounted, unsentFindings } from './history';
import { historyOf, keysOf, placeOf, stateOfKey } from './key';
import { isAcknowledged, requestIdsOf, verdictsOf, type Finding, type Ledger, type Reconciliation } from './ledger';

/** Compares everything sent and answered with the stored rows. Pure: the same ledger gives the same verdict. */
export function reconcile(ledger: Ledger): Reconciliation {
  const findings: Finding[] = [];
  const tally = { attempted: 0, acknowledged: 0, stored: 0, queued: 0, deadLettered: 0 };
  for (const key of keysOf(ledger)) {
    const { missing, findings: wrong } = stateOfKey(key, ledger);
    const untrue = answerFindings(key, ledger, wrong.length === 0).map((what): Finding => ({
      kind: 'reported wrong',
      what: `${key.name} ${what}`,
    }));
    const history = key.sendings.length < 2 ? '' : ` — sent: ${historyOf(key)}`;
    findings.push(...[...wrong, ...untrue].map(({ kind, what }) => ({ kind, what: what + history })));
    for (const postback of key.postbacks) {
      tally.attempted += 1;
      if (!isAcknowledged(postback)) continue;
      tally.acknowledged += 1;
      const isMissing = missing.has(postback) || isForgotten(postback, ledger);
      const place = placeOf(postback, ledger);
      if (!isMissing && (key.rows.length > 0 || postback.isForeign === true)) tally.stored += 1;
      else if (place !== 'lost') tally[place] += 1;
      else findings.push({ kind: 'lost', what: `${key.name}: ${requestIdsOf(postback).join(', ')}` });
    }
  }
  findings.push(...deltaFindings(ledger), ...unsentFindings(ledger));
  const of = (kind: Finding['kind']): number => findings.filter((finding) => finding.kind === kind).length;
  return {
    tally: {
      ...tally,
      lost: of('lost'),
      duplicated: of('duplicated'),
      storedWrong: of('stored wrong'),
      reportedWrong: of('reported wrong'),
    },
    findings,
    orphanedRows: orphanedRows(ledger),
  };
}

/** Acknowledged as queued, and never reported again: also where it would have changed nothing. */
function isForgotten(postback: Ledger['postbacks'][number], { log, allowances }: Ledger): boolean {
  if (allowances.lostLogRows === true) return false;
  const verdicts = verdictsOf(postback);
  return (
    verdicts.length > 0 &&
    verdicts.every(({ result, requestId }) => result === 'queued' && log.get(requestId)?.result === 'queued')
  );
}

/** A function killed between its two writes leaves such a row (ADR 0001); the sender got no answer, and sends again. */
function orphanedRows({ conversions, log }: Ledger): number {
  const known = new Set(
    conversions.flatMap(({ history }) => history.filter(isCounted).map((entry) => entry.requestId)),
  );
  return [...log].filter(([id, { result }]) => (result === 'recorded' || result === 'updated') && !known.has(id))
    .length;
}
