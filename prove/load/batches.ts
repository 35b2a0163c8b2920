import * as v from 'valibot';
import type { ReceivedAnswer } from '../ledger/ledger';
import type { Load } from '../scenario';
import type { Reply } from '../stack/http';
import type { StackProcess } from '../stack/process';
import { proofCurrency, integrationId, type Driven } from './driven';
import { inParallel } from './parallel';
import type { PlannedSending, PlannedVisit } from './plan';
import { receivedAnswer, sendUntilSettled } from './sender';

const receiptsSchema = v.object({
  rows: v.array(v.object({ row: v.number(), requestId: v.string(), reason: v.string() })),
});

interface Row extends PlannedSending {
  readonly clickId: string;
}

/** Sends everything in batches; a repeat is a separate row, there or in a later batch. */
export async function sendBatches(
  stack: StackProcess,
  { mode, senders }: Load,
  size: number,
  visits: readonly PlannedVisit[],
  clickIds: readonly string[],
  driven: Driven,
  chance: () => number,
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
    const lines = batch.map(({ clickId, transactionId, amount }) =>
      JSON.stringify({ clickid: clickId, txid: transactionId, amount, status: 'approved' }),
    );
    const body = lines.join('\n');
    const sentAt = stack.now();
    const answers = await sendProofBatch(
      stack,
      integrationId,
      body,
      batch.length,
      chance,
      () => (driven.requests += 1),
    );
    const settledAt = stack.now();
    batch.forEach(({ clickId, transactionId, amount }, at) =>
      driven.postbacks.push({
        clickId,
        transactionId,
        content: { status: 'approved', amount },
        rules: { mode, currency: proofCurrency },
        statement: `${body}#${at}`,
        row: at + 1,
        sentAt,
        settledAt,
        answers: answers[at] ?? [],
      }),
    );
  });
}

/** Sends a batch until each of its rows is accepted. Returns the result of each row. */
export async function sendProofBatch(
  stack: StackProcess,
  integration: string,
  body: string,
  rows: number,
  chance: () => number,
  onRequest: () => void,
): Promise<readonly (readonly ReceivedAnswer[])[]> {
  const answers = Array.from({ length: rows }, (): ReceivedAnswer[] => []);
  await sendUntilSettled(stack, `/postbacks/${integration}`, {
    sent: () => ({ method: 'POST', body, contentType: 'application/x-ndjson' }),
    onReply(reply) {
      onRequest();
      answersOfRows(reply, rows).forEach((one, at) => answers[at]?.push(one));
    },
    isTaken: (reply) => answersOfRows(reply, rows).every(({ kind }) => kind === 'verdict'),
    chance,
  });
  return answers;
}

/** The verdict on each row in the answer to a batch. */
function answersOfRows(reply: Reply | Error, count: number): readonly ReceivedAnswer[] {
  const whole = receivedAnswer(reply);
  const body = reply instanceof Error ? '' : reply.body;
  const receipts = v.safeParse(v.pipe(v.string(), v.parseJson(), receiptsSchema), body);
  if (receipts.success && whole.kind === 'verdict') {
    return receipts.output.rows.map(({ requestId, reason }): ReceivedAnswer => {
      // A row that the queue did not take is kept by nobody, or by the queue that did not say so.
      if (reason === 'SYSTEM_ERROR') return { kind: 'unknown', what: 'row not taken' };
      return { ...whole, requestId, reason };
    });
  }
  // Some rows of a batch that was not accepted as a whole may be queued: the result of each is unknown.
  const unknown: ReceivedAnswer =
    whole.kind === 'verdict' && whole.result === 'error' ? { kind: 'unknown', what: 'batch not taken' } : whole;
  return Array.from({ length: count }, () => unknown);
}
