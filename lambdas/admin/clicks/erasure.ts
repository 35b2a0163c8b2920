import * as v from 'valibot';
import { storageCall } from '../../adapters/storage-failure';
import { requestsOf } from '../../domain/conversion/erasure';
import { carriedTime, hasClickIdShape, canonicalClickId } from '../../domain/click/click-id';
import { readClickId } from '../../domain/click/signed-click-id';
import { erasedLogRow } from '../../domain/log/erasure';
import type { LogRow } from '../../domain/log/log-row';
import { clickIdKeys } from '../../domain/trust/keys';
import { adminJson, AdminError, fieldsError, type Answer } from '../http/answer';
import { field, type Shown } from '../http/answer-schema';
import { queryOf, readCursor, writeCursor } from '../http/cursor';
import { logPosition } from '../log/position';
import { keyAfter, keyBefore, newBudget, walkLog } from '../log/walk';
import { conversionsOfClick } from '../conversions/of-click';
import { deliveriesOf } from '../deliveries/of-conversions';
import { parameter, readQueryParameters, type QuerySchema } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';

const rowsAtOnce = 16;
const maximumRows = 200;
/** The clocks of two functions differ by a little, and what is under way comes yet. */
const clockDifferenceMilliseconds = 60_000;

const kept = 'event, status, money, times and transaction ID of each conversion: the transaction ID is part of its key';

export const clickErasureQuery = { cursor: parameter.cursor } as const satisfies QuerySchema;

/** The erasures of one call. */
export const clickErasureAnswer = v.strictObject({
  clickId: v.string(),
  click: v.picklist(['erased', 'absent']),
  conversions: field.count,
  logRows: field.count,
  queued: v.literal('dropped when they come'),
  kept: v.literal(kept),
  done: v.boolean(),
  cursor: v.optional(v.pipe(v.string(), v.description('There where `done` is false: send the request again with it'))),
});

/** The position of the walk, and the erasure until there. */
const position = v.strictObject({ ...logPosition.entries, click: v.picklist(['erased', 'absent']) });

/**
 * Erases a person: the click becomes a tombstone first, so that queued items of it are dropped when they come. Then its deliveries lose
 * their requests, its conversions and log rows their personal fields. Each call may be repeated, and continues with a cursor.
 */
export async function eraseClick(request: RoutedRequest, services: Services): Promise<Answer> {
  const { cursor } = readQueryParameters(request, clickErasureQuery);
  const { now, deadline } = request;
  const clickId = canonicalClickId(request.id);
  await checkKnown(clickId, request, services);
  const query = queryOf(`clicks/${clickId}`, {});
  const reached = readCursor(query, position, cursor);
  const click = reached?.click ?? (await services.clickErasure.erase(clickId, now, deadline));

  const conversions = await conversionsOfClick(services.conversions, clickId, deadline);
  // Before the conversions: an erased one no longer names the source that received reports of it.
  const deliveries = await deliveriesOf(conversions, services, deadline);
  await inGroups(deliveries, ({ id }) => services.outbound().reader.forget(id, deadline));
  const changed = await inGroups(conversions, (conversion) => services.conversionErasure.erase(conversion, deadline));
  const named = await services.postbackLog.findAll(conversions.flatMap(requestsOf), now, deadline);
  const { from, below } = reached ?? wholeTimeOf(clickId, now);
  const walk = { filter: { mentions: clickId }, from, below, limit: maximumRows, now };
  const { rows, goOnBelow } = await walkLog(services.postbackLog, walk, newBudget(), deadline);
  const byId = new Map([...named, ...rows.map(({ row }) => [row.requestId, row] as const)]);
  const standing = [...byId.values()].filter(({ erased }) => erased !== true);
  await inGroups(standing, (row) => eraseRow(row, request, services));

  return adminJson(200, {
    clickId,
    click,
    conversions: changed.filter((erased) => erased).length,
    logRows: standing.length,
    queued: 'dropped when they come',
    kept,
    done: goOnBelow === undefined,
    ...(goOnBelow !== undefined && { cursor: writeCursor(query, { from, below: goOnBelow, click }) }),
  } satisfies Shown<typeof clickErasureAnswer>);
}

/** Returns the time from the minting of the click, which its ID holds, to now. */
function wholeTimeOf(clickId: string, now: number): { readonly from: string; readonly below: string } {
  const mintedAt = carriedTime(clickId) ?? now;
  return {
    from: keyBefore(Math.min(mintedAt, now) - clockDifferenceMilliseconds),
    below: keyAfter(now + clockDifferenceMilliseconds),
  };
}

/**
 * Rejects what is no click ID. One whose MAC is wrong was never ours, or was signed by a master key that is gone since: then what is
 * stored under it speaks for it.
 */
async function checkKnown(clickId: string, { deadline }: RoutedRequest, services: Services): Promise<void> {
  if (!hasClickIdShape(clickId)) {
    throw fieldsError('ID_INVALID', 'The ID in the path is wrong', [
      { path: 'clickId', problem: 'must be a click ID: 32 letters and digits' },
    ]);
  }
  const master = await storageCall('reading the master secret', () => services.master.read());
  if (readClickId(clickId, clickIdKeys(master)).outcome === 'genuine') return;
  if (await services.clickErasure.exists(clickId, deadline)) return;
  if ((await services.conversions.ofClick(clickId, { limit: 1 }, deadline)).conversions.length > 0) return;
  throw new AdminError(
    'CLICK_ID_FORGED',
    'This tracker never made this click ID, and nothing is stored under it. An ID of another tracker or stage is erased there.',
    {},
  );
}

async function eraseRow(row: LogRow, { deadline }: RoutedRequest, { postbackLogTable }: Services): Promise<void> {
  await storageCall('erasing a row of the postback log', () => postbackLogTable.put(erasedLogRow(row), deadline));
}

async function inGroups<One, Outcome>(
  all: readonly One[],
  run: (one: One) => Promise<Outcome>,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let at = 0; at < all.length; at += rowsAtOnce) {
    outcomes.push(...(await Promise.all(all.slice(at, at + rowsAtOnce).map(run))));
  }
  return outcomes;
}
