import type { Deadline } from '../adapters/deadline';
import { readClickFields } from '../adapters/clicks-table';
import { readLogRowFields } from '../adapters/postback-log-table';
import { readClickId } from '../domain/click/signed-click-id';
import { erasedLogRow } from '../domain/log/erasure';
import type { LogRow } from '../domain/log/log-row';
import { readMessage } from '../domain/queue/message';
import { clickIdKeys } from '../domain/trust/keys';
import type { JudgementStores } from '../judgement/judge';
import type { QueueDelivery, DueMessages, MessageSettlement } from './delivery';
import { settlePostback } from './settle-postback';

/**
 * Settles one message by the same judgement as a fresh request. Throws where storage does not take part: then it is tried later.
 * @param due asked only before a postback is rejected because its click is not there
 */
export async function settle(
  { body, deliveries }: Pick<QueueDelivery, 'body' | 'deliveries'>,
  stores: JudgementStores,
  due: DueMessages,
  deadline: Deadline,
  clock: () => number = Date.now,
): Promise<MessageSettlement> {
  const reading = readMessage(body, await stores.masterSecret.read());
  if (!reading.ok) return { action: 'give-up', reason: `MESSAGE_UNREADABLE: ${reading.problem}` };
  const { message: queued } = reading;
  switch (queued.kind) {
    case 'click':
      return settleRow(
        () => readClickFields(queued.fields),
        async (click) => void (await stores.clicks.put({ ...click, storedAt: clock() }, deadline)),
        'click',
      );
    case 'log':
      return settleRow(
        () => readLogRowFields(queued.fields),
        (row) => keepRow(row, stores, deadline),
        'log',
      );
    case 'postback':
      return settlePostback(queued.postback, { deliveries, stores, due, deadline, clock });
  }
}

async function settleRow<Row>(
  readRow: () => Row,
  put: (row: Row) => Promise<void>,
  kind: 'click' | 'log',
): Promise<MessageSettlement> {
  let row: Row;
  try {
    row = readRow();
  } catch {
    return { action: 'give-up', reason: `MESSAGE_UNREADABLE: its ${kind} row does not read` };
  }
  await put(row);
  return { action: 'done', counts: {}, fields: { kind } };
}

/** A row that waited may be of a click that was erased meanwhile. */
async function keepRow(row: LogRow, stores: JudgementStores, deadline: Deadline): Promise<void> {
  const master = await stores.masterSecret.read();
  const reading = row.clickId === undefined ? undefined : readClickId(row.clickId, clickIdKeys(master));
  const isErased =
    reading?.outcome === 'genuine' &&
    (await stores.clicks.find(reading.clickId, Date.parse(row.receivedAt), deadline)) === 'erased';
  await stores.postbackLog.put(isErased ? erasedLogRow(row) : row, deadline);
}
