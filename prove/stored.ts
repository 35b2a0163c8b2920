import * as v from 'valibot';
import { requestIdsOf, type Ledger, type LoggedVerdict, type StoredConversion } from './ledger/ledger';
import type { Driven } from './load/driven';
import { inParallel } from './load/parallel';
import type { Message } from './stack/control';
import { call, sendToStack } from './stack/http';
import type { StackProcess } from './stack/process';

const conversionsSchema = v.object({
  items: v.array(
    v.object({
      clickId: v.string(),
      transactionId: v.optional(v.string()),
      status: v.string(),
      amount: v.optional(v.string()),
      currency: v.optional(v.string()),
      history: v.array(
        v.object({
          requestId: v.string(),
          amount: v.optional(v.string()),
          reason: v.string(),
          deltas: v.record(v.string(), v.string()),
        }),
      ),
    }),
  ),
  cursor: v.optional(v.string()),
});

const rowSchema = v.object({ requestId: v.string(), result: v.string(), reason: v.string() });

const logSchema = v.object({
  items: v.array(rowSchema),
  cursor: v.optional(v.string()),
});

const messageSchema = v.object({ kind: v.literal('postback'), requestId: v.string() });

const readers = 8;
const hourMilliseconds = 60 * 60 * 1000;

/** The stored conversions and the log, read through the admin API, and the messages in the queues. */
export async function readStored(
  stack: StackProcess,
  { clickIds, postbacks }: Driven,
  since: number,
): Promise<Pick<Ledger, 'conversions' | 'log' | 'queued' | 'deadLettered'>> {
  const conversions: StoredConversion[] = [];
  await inParallel(readers, clickIds, async (clickId) => {
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const path = `conversions?clickId=${clickId}&limit=200${cursorOf(cursor)}`;
      const page = v.parse(conversionsSchema, await call(`${stack.url}/admin/v1/${path}`));
      conversions.push(...page.items);
      cursor = page.cursor;
    }
  });
  const isMoved = stack.now() - Date.now() > hourMilliseconds;
  return {
    conversions,
    log: isMoved ? await readRows(stack, postbacks.flatMap(requestIdsOf)) : await readLog(stack, since),
    queued: requestIdsIn(await stack.control.messages('RetryPathRetryQueue')),
    deadLettered: requestIdsIn(await stack.control.messages('RetryPathDeadLetterQueue')),
  };
}

async function readLog(stack: StackProcess, since: number): Promise<ReadonlyMap<string, LoggedVerdict>> {
  const log = new Map<string, LoggedVerdict>();
  const from = new Date(since).toISOString();
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const path = `postbacks?since=${from}&limit=200${cursorOf(cursor)}`;
    const page = v.parse(logSchema, await call(`${stack.url}/admin/v1/${path}`));
    for (const { requestId, result, reason } of page.items) log.set(requestId, { result, reason });
    cursor = page.cursor;
  }
  return log;
}

/** Row by row: to list what months hold takes minutes. */
async function readRows(
  stack: StackProcess,
  requestIds: readonly string[],
): Promise<ReadonlyMap<string, LoggedVerdict>> {
  const log = new Map<string, LoggedVerdict>();
  await inParallel(readers, requestIds, async (requestId) => {
    const { status, body } = await sendToStack(`${stack.url}/admin/v1/postbacks/${requestId}`);
    if (status === 404) return;
    const { result, reason } = v.parse(v.pipe(v.string(), v.parseJson(), rowSchema), body);
    log.set(requestId, { result, reason });
  });
  return log;
}

function cursorOf(cursor: string | undefined): string {
  return cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
}

function requestIdsIn(messages: readonly Message[]): ReadonlySet<string> {
  return new Set(
    messages.flatMap(({ body }) => {
      const message = v.safeParse(v.pipe(v.string(), v.parseJson(), messageSchema), body);
      return message.success ? [message.output.requestId] : [];
    }),
  );
}
