import { clicksTable } from '../../../../lambdas/adapters/clicks-table';
import type { Click } from '../../../../lambdas/domain/click/click';
import type { PostbackRequest } from '../../../../lambdas/domain/text/postback-request';
import type { JudgementStores } from '../../../../lambdas/judgement/judge';
import { storesFromEnvironment } from '../../../../lambdas/judgement/stores';
import type { Submission } from '../../../../lambdas/judgement/submission';
import { tableNames } from '../../../storage/local-dynamodb';
import { newClickId, newRequestId } from './claims';
import { campaignDocument, integrationDocument, putDocument } from './documents';
import { startQueueDouble, type QueueDouble } from './queue-double';
import { startSecretServer, master, type SecretServer } from './secret-server';
import { noHurry, startStorage, type Storage } from './storage';

/** Everything a function meets: real tables behind a proxy that can break, a secret, a queue that can be down. */
export interface World {
  readonly storage: Storage;
  readonly secrets: SecretServer;
  readonly queue: QueueDouble;
  /** As the functions make them; with a cache of their own. */
  newStores(): JudgementStores;
  /** Stores a click of the campaign `spring`, past the proxy. */
  click(fields?: Partial<Click>): Promise<Click>;
  /** Makes everything whole and forgets what happened. */
  reset(): void;
  stop(): Promise<void>;
}

/** With the campaign `spring` of the integration `acme`, which takes any sender. */
export async function startWorld({ configCacheSeconds = 0 } = {}): Promise<World> {
  const storage = await startStorage();
  const secrets = await startSecretServer();
  const queue = await startQueueDouble();
  Object.assign(process.env, {
    STAGE: 'test',
    CONFIG_CACHE_SECONDS: String(configCacheSeconds),
    POSTBACK_LOG_RETENTION_DAYS: '90',
  });
  await putDocument(storage, 'integration', 'acme', integrationDocument);
  await putDocument(storage, 'campaign', 'spring', campaignDocument);
  const clicks = clicksTable(storage.direct, tableNames.clicks);
  return {
    storage,
    secrets,
    queue,
    newStores: storesFromEnvironment,
    async click(fields = {}) {
      const click = clickOf(fields);
      await clicks.put(click, noHurry);
      return click;
    },
    reset() {
      storage.proxy.heal();
      storage.proxy.forget();
      queue.reset();
      secrets.secret = JSON.stringify(master);
    },
    async stop() {
      await queue.stop();
      await secrets.stop();
      await storage.stop();
    },
  };
}

export function clickOf(fields: Partial<Click> = {}): Click {
  const clickedAt = fields.clickedAt ?? Date.now() - 60_000;
  return {
    clickId: newClickId(clickedAt),
    campaign: 'spring',
    integration: 'acme',
    offer: 'main',
    subs: {},
    parameters: {},
    truncated: false,
    test: false,
    bot: false,
    clickedAt,
    expiresAt: Math.floor(clickedAt / 1000) + 120 * 86_400,
    ...fields,
  };
}

/** `GET /postback?…` */
export function requestOf(
  parameters: Readonly<Record<string, string>>,
  fields: Partial<PostbackRequest> = {},
): PostbackRequest {
  return {
    method: 'GET',
    path: '/postback',
    rawQuery: new URLSearchParams(parameters).toString(),
    body: new Uint8Array(),
    headers: { 'user-agent': 'sender/1.0' },
    sourceIp: '203.0.113.7',
    receivedAt: Date.now(),
    ...fields,
  };
}

export function submissionOf(request: PostbackRequest, fields: Partial<Submission> = {}): Submission {
  return { request, requestId: newRequestId(request.receivedAt), attempts: 1, ...fields };
}
