import { amountFindings, isCounted, timesCounted, unsentFindings } from './counted';
import { isAcknowledged, type Finding, type Ledger, type Reconciliation } from './ledger';
import { requestIdsOf, toldFindings } from './told';
import { keyOf, unitsOf, type Unit } from './unit';

/** Holds what was sent and heard against what is stored. Pure: the same ledger gives the same verdict. */
export function reconcile(ledger: Ledger): Reconciliation {
  const byKey = Map.groupBy(ledger.conversions, keyOf);
  const findings: Finding[] = [];
  const tally = { attempted: 0, acknowledged: 0, stored: 0, queued: 0, deadLettered: 0 };
  for (const unit of unitsOf(ledger)) {
    const rows = byKey.get(keyOf(unit)) ?? [];
    const counted = timesCounted(unit, rows, ledger.mode);
    if (counted > 1) findings.push({ kind: 'duplicated', what: `${nameOf(unit)} counts ${counted} times` });
    findings.push(...toldFindings(unit, rows, counted, ledger).map((what) => toldWrong(unit, what)));
    for (const postback of unit.postbacks) {
      tally.attempted += 1;
      if (!isAcknowledged(postback)) continue;
      tally.acknowledged += 1;
      const ids = requestIdsOf(postback);
      if (counted > 0) tally.stored += 1;
      else if (ids.some((id) => ledger.queued.has(id))) tally.queued += 1;
      else if (ids.some((id) => ledger.deadLettered.has(id))) tally.deadLettered += 1;
      else findings.push({ kind: 'lost', what: `${nameOf(unit)}: ${ids.join(', ')}` });
    }
  }
  findings.push(...amountFindings(ledger), ...unsentFindings(ledger));
  const of = (kind: Finding['kind']): number => findings.filter((finding) => finding.kind === kind).length;
  return {
    tally: { ...tally, lost: of('lost'), duplicated: of('duplicated'), toldWrong: of('told wrong') },
    findings,
    orphanedRows: orphanedRows(ledger),
  };
}

function nameOf({ clickId, transactionId, amount }: Unit): string {
  return `${clickId}#${transactionId}${amount === undefined ? '' : `=${amount}`}`;
}

function toldWrong(unit: Unit, what: string): Finding {
  return { kind: 'told wrong', what: `${nameOf(unit)} ${what}` };
}

/** A function killed between its two writes leaves such a row (ADR 0001); the sender got no answer, and sends again. */
function orphanedRows({ conversions, log }: Ledger): number {
  const known = new Set(
    conversions.flatMap(({ history }) => history.filter(isCounted).map((entry) => entry.requestId)),
  );
  return [...log].filter(([id, { result }]) => (result === 'recorded' || result === 'updated') && !known.has(id))
    .length;
}
