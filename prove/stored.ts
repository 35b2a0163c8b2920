import * as v from 'valibot';
import type { Ledger, LoggedVerdict, StoredConversion } from './ledger/ledger';
import { campaignId, integrationId } from './load/driven';
import { inParallel } from './load/parallel';
import type { Message } from './stack/control';
import { call } from './stack/http';
import type { StackProcess } from './stack/process';

const conversionsSchema = v.object({
  items: v.array(
    v.object({
      clickId: v.string(),
      transactionId: v.optional(v.string()),
      amount: v.string(),
      history: v.array(
        v.object({
          requestId: v.string(),
          amount: v.optional(v.string()),
          reason: v.string(),
          delta: v.string(),
        }),
      ),
    }),
  ),
  cursor: v.optional(v.string()),
});

const logSchema = v.object({
  items: v.array(v.object({ requestId: v.string(), result: v.string(), reason: v.string() })),
  cursor: v.optional(v.string()),
});

const messageSchema = v.object({ kind: v.literal('postback'), requestId: v.string() });

const readers = 8;

/** Sets up what the load is about, through the admin API, as an operator would. */
export async function configure(stack: StackProcess, mode: Ledger['mode']): Promise<void> {
  const documents = {
    [`integrations/${integrationId}`]: {
      name: 'Proof',
      preset: 'generic',
      currency: 'USD',
      auth: { token: 'off', hmac: 'off', ip: 'off' },
      duplicates: { default: mode },
    },
    [`campaigns/${campaignId}`]: {
      name: 'Proof',
      integration: integrationId,
      status: 'active',
      offers: [{ id: 'main', url: 'https://shop.example/?sub={clickid}', weight: 1 }],
    },
  };
  for (const [path, document] of Object.entries(documents)) {
    await call(`${stack.url}/admin/v1/${path}`, { method: 'PUT', body: JSON.stringify(document) });
  }
}

/** What is stored and what is told in the log, read through the admin API; and what lies in the queues. */
export async function readStored(
  stack: StackProcess,
  clickIds: readonly string[],
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
  return {
    conversions,
    log: await readLog(stack, since),
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
