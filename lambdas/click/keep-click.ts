import type { ClicksTable } from '../adapters/clicks-table';
import { leaving, type Deadline } from '../adapters/deadline';
import { logTrouble } from '../adapters/metrics';
import { queueReserveMilliseconds, type RetryQueue } from '../adapters/retry-queue';
import type { Click } from '../domain/click/click';
import type { ClickId } from '../domain/click/click-id';
import { writeClickMessage } from '../domain/queue/message';

/** A click that has its ID, and how far it is kept: `known` where the same click of an ad came before. */
export interface RecordedClick {
  readonly click: Click;
  readonly kept: 'stored' | 'known' | 'queued' | 'lost';
}

/**
 * Makes a click durable: in the table, else in the queue. `lost` where neither takes it; `known` with the click that is there already,
 * which the click of an ad may. Never throws.
 */
export async function keepClick(
  click: Click,
  table: ClicksTable,
  queue: RetryQueue,
  deadline: Deadline,
): Promise<RecordedClick> {
  try {
    const standing = await table.put(click, leaving(deadline, queueReserveMilliseconds));
    if (standing === undefined) return { click, kept: 'stored' };
    return { click: standing === 'erased' ? click : standing, kept: 'known' };
  } catch (error) {
    logTrouble('the click was not stored', error, { campaign: click.campaign });
  }
  try {
    await queue.send(writeClickMessage(click), 0, deadline);
    return { click, kept: 'queued' };
  } catch (error) {
    logTrouble('the click was not queued', error, { campaign: click.campaign });
    return { click, kept: 'lost' };
  }
}

/** Looks for the click that the same ad may have made shortly before. If the search fails, this one counts. */
export async function findEarlier(
  id: ClickId,
  now: number,
  table: ClicksTable,
  deadline: Deadline,
): Promise<Click | undefined> {
  try {
    const found = await table.find(id, now, leaving(deadline, 2 * queueReserveMilliseconds));
    return found === 'erased' ? undefined : found;
  } catch (error) {
    logTrouble('the click before was not read', error);
    return undefined;
  }
}
