import * as v from 'valibot';
import type { Heard } from '../ledger/ledger';
import type { Reply } from '../stack/http';
import type { StackProcess } from '../stack/process';
import { integrationId, type Driven } from './driven';
import { inParallel } from './parallel';
import type { Sending, Visit } from './plan';
import { heardOf, sendUntilSettled } from './sender';

const receiptsSchema = v.object({
  rows: v.array(v.object({ row: v.number(), requestId: v.string(), reason: v.string() })),
});

interface Row extends Sending {
  readonly clickId: string;
}

/** Sends everything in batches; a repeat is a row of its own, there or in a later batch. */
export async function sendBatches(
  stack: StackProcess,
  size: number,
  visits: readonly Visit[],
  clickIds: readonly string[],
  senders: number,
  driven: Driven,
): Promise<void> {
  const rows = visits.flatMap(({ keys }, at) =>
    keys
      .flat()
      .flatMap((sending) =>
        Array.from({ length: sending.copies }, (): Row => ({ ...sending, clickId: clickIds[at] ?? '' })),
      ),
  );
  const batches = Array.from({ length: Math.ceil(rows.length / size) }, (_, at) =>
    rows.slice(at * size, (at + 1) * size),
  );
  await inParallel(senders, batches, async (batch) => {
    const heard = batch.map((): Heard[] => []);
    const lines = batch.map(({ clickId, transactionId, amount }) =>
      JSON.stringify({ clickid: clickId, txid: transactionId, amount, status: 'approved' }),
    );
    await sendUntilSettled(
      stack,
      `/postbacks/${integrationId}`,
      () => ({ method: 'POST', body: lines.join('\n'), contentType: 'application/x-ndjson' }),
      (reply) => {
        driven.requests += 1;
        heardOfRows(reply, batch.length).forEach((one, at) => heard[at]?.push(one));
      },
    );
    batch.forEach(({ clickId, transactionId, amount }, at) =>
      driven.postbacks.push({ clickId, transactionId, amount, heard: heard[at] ?? [] }),
    );
  });
}

/** What the answer to a batch says of each of its rows. */
function heardOfRows(reply: Reply | Error, count: number): readonly Heard[] {
  const whole = heardOf(reply);
  const body = reply instanceof Error ? '' : reply.body;
  const receipts = v.safeParse(v.pipe(v.string(), v.parseJson(), receiptsSchema), body);
  if (receipts.success && whole.kind === 'verdict') {
    return receipts.output.rows.map(({ requestId, reason }) => ({ ...whole, requestId, reason }));
  }
  // Of a batch that was not taken as a whole some rows may be queued: of a single one nothing is known.
  const unknown: Heard =
    whole.kind === 'verdict' && whole.result === 'error' ? { kind: 'unknown', what: 'batch not taken' } : whole;
  return Array.from({ length: count }, () => unknown);
}
