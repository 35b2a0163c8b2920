import { randomBytes } from 'node:crypto';
import { ScanCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { clicksTable } from '../../../../lambdas/adapters/clicks-table';
import { readConversion } from '../../../../lambdas/adapters/conversion-item';
import { readLogRow } from '../../../../lambdas/adapters/postback-log-table';
import type { Click } from '../../../../lambdas/domain/click/click';
import type { Conversion } from '../../../../lambdas/domain/conversion/conversion';
import { mintClickId } from '../../../../lambdas/domain/click/signed-click-id';
import { mintRequestId } from '../../../../lambdas/domain/values/request-id';
import type { LogRow } from '../../../../lambdas/domain/log/log-row';
import type { PostbackRequest } from '../../../../lambdas/domain/text/postback-request';
import type { Verdict } from '../../../../lambdas/domain/verdict/verdict';
import { writePostbackMessage, type QueuedPostback } from '../../../../lambdas/domain/queue/message';
import { clickIdKeys, readMaster } from '../../../../lambdas/domain/trust/keys';
import { judge } from '../../../../lambdas/judgement/judge';
import { storesFromEnvironment } from '../../../../lambdas/judgement/stores';
import type { MessageSettlement } from '../../../../lambdas/retry/delivery';
import { settle } from '../../../../lambdas/retry/settle';
import { tableNames, type TableName } from '../../../storage/local-dynamodb';
import { clickOf as anyClick, requestOf as anyRequest } from '../../adapters/support/world';
import type { Services } from '../../../../lambdas/admin/http/services';
import { startAdminStack, type AdminStack } from './admin-stack';
import type { Reply } from './admin-caller';
import { masterText } from './secrets-server';

/** The admin API beside what visitors and senders do, on the same tables. */
export interface Tracker extends AdminStack {
  click(fields?: Partial<Click>): Promise<Click>;
  /** Judges a postback as the postback function does, and keeps its row. */
  postback(parameters: Readonly<Record<string, string>>, fields?: Partial<PostbackRequest>): Promise<Verdict>;
  /** Delivers what waited in the queue. */
  deliver(body: string): Promise<MessageSettlement>;
  put(kind: 'integrations' | 'campaigns', id: string, document: object): Promise<void>;
  /** Replays to the end, and adds up what each call told. */
  replay(body: object): Promise<{
    readonly calls: number;
    readonly outcomes: Readonly<Record<string, number>>;
    readonly changed: number;
    readonly notReplayable: number;
    readonly money: readonly { readonly before: object; readonly after: object }[];
  }>;
  items(table: TableName): Promise<readonly Record<string, AttributeValue>[]>;
  conversionsOf(clickId: string): Promise<readonly Conversion[]>;
  rowOf(requestId: string): Promise<LogRow>;
}

export const master = readMaster(masterText);
const noHurry = { remaining: () => 60_000, unhurried: true } as const;

export async function startTracker(others?: Partial<Services>): Promise<Tracker> {
  const stack = await startAdminStack(others);
  Object.assign(process.env, { STAGE: 'test', CONFIG_CACHE_SECONDS: '0', POSTBACK_LOG_RETENTION_DAYS: '90' });
  const stores = storesFromEnvironment();
  const clicks = clicksTable(stack.client, tableNames.clicks);

  async function items(table: TableName): Promise<readonly Record<string, AttributeValue>[]> {
    const answer = await stack.client.send(new ScanCommand({ TableName: tableNames[table], ConsistentRead: true }));
    if (answer.LastEvaluatedKey !== undefined) throw new Error('more than a test should write');
    return answer.Items ?? [];
  }

  return {
    ...stack,
    items,
    async click(fields = {}) {
      const click = clickOf(fields);
      await clicks.put(click, noHurry);
      return click;
    },
    async postback(parameters, fields = {}) {
      const request = requestOf(parameters, fields);
      const requestId = mintRequestId(request.receivedAt, randomBytes(9));
      const judged = await judge({ request, requestId, attempts: 1 }, stores, noHurry);
      if (!judged.logged) await stores.postbackLog.put(judged.row, noHurry);
      return judged.verdict;
    },
    deliver: (body) => settle({ body, deliveries: 1 }, stores, async () => 0, noHurry),
    async put(kind, id, document) {
      const reply = await stack.call('PUT', `/${kind}/${id}`, { body: document });
      if (reply.status > 201) throw new Error(reply.text);
    },
    async replay(body) {
      const outcomes: Record<string, number> = {};
      const sums = { calls: 0, changed: 0, notReplayable: 0 };
      const money: { before: object; after: object }[] = [];
      let cursor: string | undefined;
      do {
        const reply: Reply = await stack.call('POST', '/postbacks/replay', { body: { ...body, cursor } });
        if (reply.status !== 200) throw new Error(reply.text);
        const told = reply.body as unknown as typeof sums & {
          outcomes: Record<string, number>;
          done: boolean;
          money: { before: object; after: object };
        };
        sums.calls += 1;
        sums.changed += told.changed;
        sums.notReplayable += told.notReplayable;
        if (Object.keys(told.money.after).length > 0) money.push(told.money);
        for (const [reason, count] of Object.entries(told.outcomes)) outcomes[reason] = (outcomes[reason] ?? 0) + count;
        if (told.done !== (reply.cursor === undefined)) throw new Error('done and cursor contradict each other');
        cursor = reply.cursor;
      } while (cursor !== undefined);
      return { ...sums, outcomes, money };
    },
    async conversionsOf(clickId) {
      return (await items('conversions')).map(readConversion).filter((conversion) => conversion.clickId === clickId);
    },
    async rowOf(requestId) {
      const item = (await items('postbackLog')).find((row) => row['requestId']?.S === requestId);
      if (item === undefined) throw new Error(`${requestId} has no row`);
      return readLogRow(item);
    },
  };
}

export function clickOf({ clickedAt = Date.now() - 60_000, ...fields }: Partial<Click> = {}): Click {
  const clickId = mintClickId(clickIdKeys(master)[0], clickedAt, randomBytes(8));
  return anyClick({ clickId, clickedAt, ...fields });
}

/** `GET /postback/acme?…` */
export function requestOf(
  parameters: Readonly<Record<string, string>>,
  fields: Partial<PostbackRequest> = {},
): PostbackRequest {
  return anyRequest(parameters, { path: '/postback/acme', integration: 'acme', ...fields });
}

/** The message of a postback that waits. */
export function waitingPostback(request: PostbackRequest, waiting: Partial<QueuedPostback> = {}): string {
  const requestId = mintRequestId(request.receivedAt, randomBytes(9));
  return writePostbackMessage({ request, requestId, reason: 'PENDING_RETRY', ...waiting }, master);
}
