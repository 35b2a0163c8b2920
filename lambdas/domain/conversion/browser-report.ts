import { newConversion } from './apply';
import { compareClaims, type Claim } from '../request/claim';
import type { Conversion, ConversionSubject, EntryReason } from './conversion';
import type { ClaimNote } from './notes';

/** The effect of a report on the row of its key. */
type SettledReport =
  | {
      readonly outcome: 'settled';
      readonly reason: EntryReason;
      readonly conversion: Conversion;
      readonly notes: readonly ClaimNote[];
      readonly writes: readonly Conversion[];
    }
  | { readonly outcome: 'not-known' }
  | { readonly outcome: 'other-integration'; readonly conversion: Conversion };

/** Whether nothing but a visitor's browser speaks for a conversion. To a server's claim it is as if it was not there. */
export function isReportedOnly({ history }: Pick<Conversion, 'history'>): boolean {
  return history.length > 0 && history.every(({ browser }) => browser === true);
}

/**
 * Settles what a browser reports. It changes nothing that a server has spoken of; of several reports of one conversion the first counts,
 * in whatever order they arrive.
 */
export function settleReport(
  existing: Conversion | undefined,
  subject: ConversionSubject,
  claim: Claim,
  mayCreate: boolean,
): SettledReport {
  if (existing !== undefined && existing.integration !== subject.integration) {
    return { outcome: 'other-integration', conversion: existing };
  }
  const first = existing?.history[0];
  if (
    existing !== undefined &&
    (!isReportedOnly(existing) || first === undefined || compareClaims(first, claim) <= 0)
  ) {
    const reason = first?.requestId === claim.requestId ? 'OK' : 'OK_DUPLICATE';
    return { outcome: 'settled', reason, conversion: existing, notes: [], writes: [] };
  }
  if (existing === undefined && !mayCreate) return { outcome: 'not-known' };
  const conversion = inPlaceOf(existing, newConversion(subject, claim, false));
  return {
    outcome: 'settled',
    reason: existing === undefined ? 'OK' : 'OK_DUPLICATE',
    conversion,
    notes: [],
    writes: [conversion],
  };
}

/** The rows of a server's claim, each written over the report of its key where there is one. */
export function overReports<Settled extends SettledRows>(
  settled: Settled,
  reports: readonly Conversion[],
): Settled & { readonly confirms?: true } {
  const over = (row: Conversion): Conversion =>
    inPlaceOf(
      reports.find(({ conversionKey }) => conversionKey === row.conversionKey),
      row,
    );
  const { conversion, writes } = settled;
  const confirms = writes.some((row) => over(row) !== row);
  return {
    ...settled,
    conversion: writes.includes(conversion) ? over(conversion) : conversion,
    writes: writes.map(over),
    ...(confirms && { confirms }),
  };
}

/** Rows that are to be written, and the one that the claim is about. */
interface SettledRows {
  readonly conversion: Conversion;
  readonly writes: readonly Conversion[];
}

function inPlaceOf(report: Conversion | undefined, row: Conversion): Conversion {
  return report === undefined ? row : { ...row, version: report.version + 1 };
}
