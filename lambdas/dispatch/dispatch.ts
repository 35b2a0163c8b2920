import { UnreadableDocument } from '../adapters/configuration-item';
import type { ConfigurationTable } from '../adapters/configuration-table';
import { readConversion } from '../adapters/conversion-item';
import type { Deadline } from '../adapters/deadline';
import type { DeliveriesTable } from '../adapters/deliveries-table';
import type { QueuedDelivery } from '../adapters/delivery-queue';
import type { Item } from '../adapters/item';
import type { StreamRecord } from '../adapters/stream-event';
import { tableKey } from '../contract';
import type { Conversion } from '../domain/conversion/conversion';
import type { PlannedDelivery } from '../domain/outbound/delivery';
import { planDeliveries, type ReportingSource } from '../domain/outbound/plan';
import type { Dispatched, Unplanned } from './dispatched';

/** The stores of dispatching. Each call throws if storage does not respond in time. */
export interface DispatchStores {
  readonly configuration: Pick<ConfigurationTable, 'find'>;
  readonly deliveries: Pick<DeliveriesTable, 'plan'>;
  /** Queues deliveries; returns the indexes of those that the queue rejected. */
  queue(deliveries: readonly QueuedDelivery[], deadline: Deadline): Promise<readonly number[]>;
  now(): number;
}

type Outcome =
  | { readonly kind: 'planned'; readonly due: readonly QueuedDelivery[]; readonly planned: number }
  | (Unplanned & { readonly kind: 'unplanned' })
  | { readonly kind: 'failed'; readonly error: unknown };

/**
 * Plans the deliveries of changes. A delivery is stored under an ID derived from the change before its ID is queued: a retried batch
 * finds the stored ones and queues the rest. A change for a source without postbacks costs nothing.
 */
export async function dispatch(
  records: readonly StreamRecord[],
  stores: DispatchStores,
  deadline: Deadline,
): Promise<Dispatched> {
  const outcomes = await plansOf(records, stores, deadline);
  const failures: { index: number; error: unknown }[] = [];
  const due: { readonly delivery: QueuedDelivery; readonly index: number }[] = [];
  outcomes.forEach((outcome, index) => {
    if (outcome.kind === 'failed') failures.push({ index, error: outcome.error });
    if (outcome.kind === 'planned') due.push(...outcome.due.map((delivery) => ({ delivery, index })));
  });
  const refused =
    due.length === 0
      ? []
      : await stores.queue(
          due.map(({ delivery }) => delivery),
          deadline,
        );
  for (const at of refused)
    failures.push({ index: due[at]?.index ?? 0, error: new Error('the queue did not take it') });
  const first = failures.toSorted((left, right) => left.index - right.index)[0];
  return {
    planned: outcomes.reduce((sum, outcome) => sum + (outcome.kind === 'planned' ? outcome.planned : 0), 0),
    queued: due.length - refused.length,
    unplanned: outcomes.flatMap((outcome, index) =>
      outcome.kind === 'unplanned'
        ? [{ sequence: records[index]?.sequence ?? '', why: outcome.why, source: outcome.source }]
        : [],
    ),
    failedFrom: first && records[first.index]?.sequence,
    failure: first?.error,
  };
}

/**
 * Plans conversions in parallel and the changes of each in order: a source with `first` postbacks gets only the first. The changes after
 * a failed one are retried with it.
 */
async function plansOf(
  records: readonly StreamRecord[],
  stores: DispatchStores,
  deadline: Deadline,
): Promise<readonly Outcome[]> {
  const outcomes = new Map<StreamRecord, Outcome>();
  const lines = Map.groupBy(records, ({ keys }) => conversionIn(keys));
  await Promise.all(
    [...lines.values()].map(async (line) => {
      let failed: Outcome | undefined;
      for (const record of line) {
        const outcome: Outcome = failed ?? (await planOf(record, stores, deadline));
        outcomes.set(record, outcome);
        if (outcome.kind === 'failed') failed = outcome;
      }
    }),
  );
  return records.flatMap((record) => outcomes.get(record) ?? []);
}

/** The names of a map have no order: equal keys may differ as JSON. */
function conversionIn(keys: Item): string {
  const { partition, sort } = tableKey.conversions;
  return `${keys[partition]?.S ?? ''} ${keys[sort]?.S ?? ''}`;
}

async function planOf(record: StreamRecord, stores: DispatchStores, deadline: Deadline): Promise<Outcome> {
  let change: ReturnType<typeof changeOf>;
  try {
    change = changeOf(record);
    const source = change && (await sourceOf(change.after, stores, deadline));
    if (change === undefined || source === undefined) return { kind: 'planned', due: [], planned: 0 };
    const planned = planDeliveries(change.before, change.after, source);
    const due: QueuedDelivery[] = [];
    for (const delivery of planned) {
      if ((await stores.deliveries.plan(delivery, stores.now(), deadline)) === 'queue') due.push(queuedOf(delivery));
    }
    return { kind: 'planned', due, planned: planned.length };
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'unplanned', why: error.message };
    if (error instanceof UnreadableDocument)
      return { kind: 'unplanned', why: error.message, source: change?.after.source };
    return { kind: 'failed', error };
  }
}

const queuedOf = ({ id, sourceId }: PlannedDelivery): QueuedDelivery => ({ id, sourceId });

/** An unreadable row stays unreadable, and a retry would block all later ones. */
class Unreadable extends Error {}

function changeOf({
  before,
  after,
}: StreamRecord): { readonly before: Conversion | undefined; readonly after: Conversion } | undefined {
  if (after === undefined) return undefined;
  try {
    return { before: before && readConversion(before), after: readConversion(after) };
  } catch (error) {
    throw new Unreadable('the conversion cannot be read', { cause: error });
  }
}

async function sourceOf(
  { source: id }: Conversion,
  { configuration }: DispatchStores,
  deadline: Deadline,
): Promise<ReportingSource | undefined> {
  if (id === undefined) return undefined;
  const version = await configuration.find('source', id, deadline);
  const postbacks = version?.document.postbacks ?? [];
  return postbacks.length === 0 ? undefined : { id, postbacks };
}
