import { startProgress } from '../../terminal/progress';
import type { AdminApi } from '../../../operator/api/admin-api';
import { isTaken } from '../../../operator/answers';
import type { Proof } from '../../../operator/postback/send-postback';
import { awaitVerdicts, type JudgedRow } from '../../../operator/upload/await-verdicts';
import { splitIntoBatches, type OutgoingRow } from '../../../operator/upload/batches';
import { renamedFields, type ColumnPlan } from '../../../operator/upload/columns';
import type { RejectedRow } from './rejected-rows';
import { postbacksOf, type FileRow, type UploadFile } from './rows';
import { sendBatch } from '../../../operator/upload/send-batch';

export interface UploadOrder {
  readonly file: UploadFile;
  readonly plan: ColumnPlan;
  readonly integration: string;
  readonly proof: Proof;
  readonly dryRun: boolean;
  readonly wait: boolean;
}

export interface Uploaded {
  readonly batches: readonly string[];
  readonly sent: number;
  /** Verdicts by reason; a waiting row counts under the reason of its wait. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly waiting: number;
  readonly rejected: readonly RejectedRow[];
}

interface SentBatch {
  readonly batchId: string;
  readonly rows: readonly OutgoingRow[];
}

/** Sends the rows of a file in batches and, with `wait`, collects their verdicts. */
export async function upload(api: AdminApi, order: UploadOrder): Promise<Uploaded> {
  const { outgoing, broken } = outgoingRows(order);
  const batches = await sendAll(api, order, outgoing);
  const verdicts = order.wait ? await collect(api, batches, outgoing.length) : [];
  const byNumber = new Map(order.file.rows.map((row) => [row.number, row]));
  const rejected = verdicts
    .filter(({ verdict: { result, reason } }) => result !== 'queued' && !isTaken(reason))
    .map(({ number, verdict: { reason, message } }) => ({
      number,
      fields: byNumber.get(number)?.fields ?? {},
      reason,
      message,
    }));
  const counted = [...verdicts.map(({ verdict }) => verdict.reason), ...broken.map(({ reason }) => reason)];
  return {
    batches: batches.map(({ batchId }) => batchId),
    sent: outgoing.length,
    reasons: countWords(counted),
    waiting: order.wait ? verdicts.filter(({ verdict }) => verdict.result === 'queued').length : outgoing.length,
    rejected: [...broken, ...rejected],
  };
}

function outgoingRows({ file, plan, dryRun }: UploadOrder): {
  readonly outgoing: readonly OutgoingRow[];
  readonly broken: readonly RejectedRow[];
} {
  const outgoing: OutgoingRow[] = [];
  const broken: RejectedRow[] = [];
  const reject = ({ number, fields }: FileRow, message: string): void =>
    void broken.push({ number, fields, reason: 'BODY_INVALID', message });
  for (const row of file.rows) {
    const fields = { ...renamedFields(row.fields, plan), ...(dryRun && { dry_run: '1' }) };
    const postbacks = row.problem ?? postbacksOf(fields);
    if (typeof postbacks === 'string') reject(row, postbacks);
    else outgoing.push(...postbacks.map((body) => ({ number: row.number, body })));
  }
  return { outgoing, broken };
}

async function sendAll(api: AdminApi, order: UploadOrder, rows: readonly OutgoingRow[]): Promise<readonly SentBatch[]> {
  const sent: SentBatch[] = [];
  const progress = startProgress('rows sent', rows.length);
  try {
    for (const batch of splitIntoBatches(rows)) {
      const batchId = await sendBatch(api.publicUrl, order.integration, batch.body, order.proof);
      sent.push({ batchId, rows: batch.rows });
      progress.advance(batch.rows.length);
    }
  } finally {
    progress.end();
  }
  return sent;
}

async function collect(
  api: AdminApi,
  batches: readonly SentBatch[],
  total: number,
): Promise<readonly { readonly number: number; readonly verdict: JudgedRow }[]> {
  const progress = startProgress('rows judged', total);
  try {
    const all = [];
    for (const { batchId, rows } of batches) {
      const judged = await awaitVerdicts(api, batchId, (more) => progress.advance(more));
      all.push(...judged.map((verdict) => ({ number: rows[verdict.row - 1]?.number ?? 0, verdict })));
    }
    return all;
  } finally {
    progress.end();
  }
}

function countWords(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
