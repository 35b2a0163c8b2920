import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clicksTable } from '../../lambdas/adapters/clicks-table';
import type { Click } from '../../lambdas/domain/click/click';
import { mintClickId } from '../../lambdas/domain/click/signed-click-id';
import type { ClickId } from '../../lambdas/domain/click/click-id';
import { mintRequestId } from '../../lambdas/domain/values/request-id';
import { writeClickMessage, writePostbackMessage } from '../../lambdas/domain/queue/message';
import { clickIdKeys, readMaster } from '../../lambdas/domain/trust/keys';
import { accessKeyOf } from '../../local/wire/directory';
import { readAssembly, type Assembly } from '../../local/assembly/read-assembly';
import type { LocalStack } from './local-stack';

/** What no sender can do, with the deployment's own secret and under the permissions of its click function. */
export interface Insider {
  /** A genuine click ID without a row. */
  mint(clickedAt?: number): ClickId;
  /** A click as it would stand in the table, of long ago or under an ID that was minted before. */
  storeClick(campaign: string, clickedAt: number, clickId?: ClickId): Promise<ClickId>;
  /** Puts a click, or a row of a batch, into the retry queue, as the functions would. */
  enqueueClick(campaign: string): Promise<void>;
  enqueueRow(campaign: string, parameters: Readonly<Record<string, string>>): Promise<void>;
}

export async function insiderOf(stack: LocalStack, assembly: string): Promise<Insider> {
  const { queues, tables } = await stack.health();
  const queueUrl = queues.find(({ queue }) => queue.endsWith('RetryQueue'))?.url ?? '';
  const clicksName = tables.find(({ table }) => table.endsWith('Clicks'))?.name ?? '';
  const logicalId = Object.keys(resourcesOf(assembly)).find((id) => /^FunctionsClick[0-9A-F]{8}$/.test(id)) ?? '';
  const clicks = clicksTable(
    new DynamoDBClient({
      endpoint: new URL(queueUrl).origin,
      region: 'us-east-1',
      credentials: { accessKeyId: accessKeyOf(logicalId), secretAccessKey: 'local' },
    }),
    clicksName,
  );
  const mint = (clickedAt = Date.now()): ClickId => {
    const [key] = clickIdKeys(masterOf(stack));
    return mintClickId(key, clickedAt, randomBytes(8));
  };
  const clickOf = (campaign: string, clickedAt: number, clickId: ClickId): Click => ({
    clickId,
    campaign,
    integration: campaign,
    offer: 'main',
    subs: {},
    parameters: {},
    truncated: false,
    test: false,
    bot: false,
    clickedAt,
    expiresAt: Math.floor(Date.now() / 1000) + 86_400,
  });
  return {
    mint,
    async storeClick(campaign, clickedAt, clickId = mint(clickedAt)) {
      await clicks.put(clickOf(campaign, clickedAt, clickId), { remaining: () => 5000 });
      return clickId;
    },
    enqueueClick: (campaign) => stack.enqueue(writeClickMessage(clickOf(campaign, Date.now(), mint()))),
    enqueueRow(campaign, parameters) {
      const receivedAt = Date.now();
      const request = {
        method: 'POST',
        path: `/postback/${campaign}`,
        rawQuery: new URLSearchParams(parameters).toString(),
        body: new Uint8Array(),
        headers: {},
        sourceIp: '127.0.0.1',
        receivedAt,
        integration: campaign,
      };
      const requestId = mintRequestId(receivedAt, randomBytes(9));
      const place = { batchId: mintRequestId(receivedAt, randomBytes(9)), row: 1 };
      const queued = { request, requestId, reason: 'PENDING_BATCH' as const, ...place };
      return stack.enqueue(writePostbackMessage(queued, masterOf(stack)));
    },
  };
}

/** The deployment's secret, which the local stack keeps in a file of its owner. */
function masterOf({ dataFolder }: LocalStack) {
  const secrets: Record<string, { readonly SecretString: string }> = JSON.parse(
    readFileSync(join(dataFolder, 'secrets.json'), 'utf8'),
  );
  const [secret] = Object.values(secrets);
  return readMaster(secret?.SecretString ?? '');
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export function resourcesOf(assembly: string): Readonly<Record<string, TemplateResource>> {
  return resourcesIn(readAssembly(assembly));
}

/** The resources of an assembly that was read, to look at or to change before a stack is read from it. */
export function resourcesIn({ template }: Assembly): Record<string, TemplateResource> {
  return template['Resources'] as Record<string, TemplateResource>;
}
