import { isReportedOnly } from '../conversion/browser-report';
import type { Conversion } from '../conversion/conversion';
import { isWaiting } from '../conversion/reversal';
import type { ConversionStatus } from '../values/status';
import { deliveryIdOf } from './delivery-id';
import { reportedOf, type PlannedDelivery, type Reported, type SkipReason } from './delivery';
import type { Postback } from '../configuration/outbound-postback';

/** A source as planning sees it. */
export interface ReportingSource {
  readonly id: string;
  readonly postbacks: readonly Postback[];
}

/**
 * The deliveries that one change of a conversion asks for: at most one a postback, `due` or `skipped` with its reason. A write that changes
 * nothing that a source sees asks for none. The same change gives the same IDs; an ID that is stored already is not to be stored again.
 */
export function planDeliveries(
  before: Conversion | undefined,
  after: Conversion,
  source: ReportingSource,
): readonly PlannedDelivery[] {
  // A reversal that its sale took in is part of that sale.
  if (after.metBy !== undefined) return [];
  // Every visitor can report himself: a source, which is paid or learns by it, gets a sale once a server confirms it.
  if (isReportedOnly(after)) return [];
  const isFirst = before === undefined || isWaiting(before) || isReportedOnly(before);
  const earlier = isFirst ? undefined : reportedOf(before);
  const present = reportedOf(after);
  return source.postbacks.flatMap((postback) => {
    if (earlier !== undefined && !isChange(earlier, present, postback)) return [];
    const reason = skipReasonOf(after, postback);
    const planned = {
      id: deliveryIdOf(after, source.id, postback.id, occasionOf(after, postback, reason)),
      sourceId: source.id,
      postbackId: postback.id,
      clickId: after.clickId,
      conversionKey: after.conversionKey,
      conversionVersion: after.version,
      when: postback.when,
      ...present,
    };
    return [reason === undefined ? { ...planned, state: 'due' as const } : { ...planned, state: 'skipped', reason }];
  });
}

/** Whether a source sees a difference. A source without amounts sees no difference in them. */
function isChange(earlier: Reported, present: Reported, { when, payout }: Postback): boolean {
  if (earlier.status !== present.status || earlier.event !== present.event) return true;
  if (when === 'each-status' || payout === 'none') return false;
  return earlier.amount !== present.amount || earlier.currency !== present.currency;
}

function skipReasonOf(conversion: Conversion, postback: Postback): SkipReason | undefined {
  const { event, status, test } = conversion;
  if (test && postback.sendTests !== true) return 'TEST_CONVERSION';
  if (isWaiting(conversion)) return 'REVERSAL_WITHOUT_SALE';
  if (postback.events !== undefined && !postback.events.includes(event)) return 'EVENT_FILTERED';
  return statusesOf(postback)?.includes(status) === false ? 'STATUS_FILTERED' : undefined;
}

/** The first report may not be a rejection: a source that receives one change alone would read it as a conversion. */
const statusesOfFirst: readonly ConversionStatus[] = ['pending', 'approved'];

function statusesOf({ when, statuses }: Postback): readonly ConversionStatus[] | undefined {
  return statuses ?? (when === 'first' ? statusesOfFirst : undefined);
}

/** A skipped change takes no ID from one that is reported later. */
function occasionOf({ version, status }: Conversion, { when }: Postback, reason: SkipReason | undefined): string {
  if (reason !== undefined) return `skipped ${version}`;
  if (when === 'first') return 'first';
  return when === 'each-status' ? `status ${status}` : `version ${version}`;
}
