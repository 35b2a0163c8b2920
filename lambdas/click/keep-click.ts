import type { ClicksTable } from '../adapters/clicks-table';
import { leaving, type Deadline } from '../adapters/deadline';
import { logTrouble } from '../adapters/metrics';
import { queueReserveMilliseconds, type RetryQueue } from '../adapters/retry-queue';
import type { Click } from '../domain/click/click';
import { writeClickMessage } from '../domain/queue/message';

/** Makes a click durable: in the table, else in the queue. `lost` where neither takes it. Never throws. */
export async function keepClick(
  click: Click,
  table: ClicksTable,
  queue: RetryQueue,
  deadline: Deadline,
): Promise<'stored' | 'queued' | 'lost'> {
  try {
    await table.put(click, leaving(deadline, queueReserveMilliseconds));
    return 'stored';
  } catch (error) {
    logTrouble('the click was not stored', error, { campaign: click.campaign });
  }
  try {
    await queue.send(writeClickMessage(click), 0, deadline);
    return 'queued';
  } catch (error) {
    logTrouble('the click was not queued', error, { campaign: click.campaign });
    return 'lost';
  }
}
