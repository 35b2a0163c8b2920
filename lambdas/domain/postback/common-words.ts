import type { ConversionStatus } from '../conversion/status';
import type { Preset } from '../presets';

/** Events under which systems report that a conversion was taken back, beside those of a preset. */
const reversalEvents: ReadonlySet<string> = new Set(
  (
    'refund refunded refunding full_refund partial_refund partially_refunded chargeback charge_back chargedback charged_back rfnd cgbk ' +
    'reversal reversed reverse clawback claw_back dispute_lost charge.refunded charge.dispute.created payment.refunded order.refunded ' +
    'order_refunded sale_refunded payment_refunded purchase_refunded payment_reversed ' +
    'payment.sale.refunded payment.sale.reversed payment.capture.refunded payment.capture.reversed purchase_chargeback purchase_refund'
  ).split(' '),
);

const fold = (word: string): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

/** Whether an event is the name of a reversal. Case, blanks and hyphens do not count. */
export function isReversalEvent(word: string, ofPreset: readonly string[] = []): boolean {
  const folded = fold(word);
  return reversalEvents.has(folded) || ofPreset.some((theirs) => fold(theirs) === folded);
}

/** Words for a status that mean the same wherever they come from. */
const commonStatuses: Readonly<Record<Exclude<ConversionStatus, 'reversed'>, string>> = {
  approved:
    'approve accepted accept confirmed confirm complete completed succeeded success successful paid sale sold converted valid ok',
  pending: 'hold held on_hold onhold waiting awaiting processing in_review review new lead open unconfirmed',
  rejected:
    'reject declined decline denied cancelled canceled cancel trash invalid fraud fraudulent void voided failed',
};

const statusOf: ReadonlyMap<string, ConversionStatus> = new Map(
  (['approved', 'pending', 'rejected'] as const).flatMap((status) =>
    commonStatuses[status].split(' ').map((word): [string, ConversionStatus] => [word, status]),
  ),
);

/** What a status word means where neither the integration nor its preset says so; `undefined` where it may mean anything. */
export function commonStatus(
  word: string,
  { freeStatuses, reversalEvents: ofPreset }: Pick<Preset, 'freeStatuses' | 'reversalEvents'>,
): ConversionStatus | undefined {
  if (isReversalEvent(word, ofPreset)) return 'reversed';
  return freeStatuses === true ? statusOf.get(fold(word)) : undefined;
}
