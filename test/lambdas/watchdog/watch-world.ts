import { randomBytes, randomUUID } from 'node:crypto';
import { PutItemCommand, QueryCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { configurationHistory } from '../../../lambdas/adapters/configuration-history';
import { readExpectedSenders } from '../../../lambdas/adapters/expected-senders';
import { postbackCounts } from '../../../lambdas/adapters/postback-counts';
import { writeLogRow } from '../../../lambdas/adapters/postback-log-table';
import { watchTable, type WatchTable } from '../../../lambdas/adapters/watch-table';
import { readDocument, type DocumentKind } from '../../../lambdas/domain/configuration/document';
import { hourOf, mintRequestId, readRequestId, type RequestId } from '../../../lambdas/domain/values/request-id';
import type { LogRow } from '../../../lambdas/domain/log/log-row';
import { hourAfter, type Hour } from '../../../lambdas/domain/watch/hour';
import { catchUp, type Findings, type WatchStores } from '../../../lambdas/watchdog/catch-up';
import { createTables, tableNames } from '../../storage/local-dynamodb';
import { noHurry, type Storage } from '../adapters/support/storage';
import { campaignDocument, integrationDocument } from '../adapters/support/documents';
import { live } from '../domain/watch/senders';

export interface WatchWorld {
  readonly stores: WatchStores;
  readonly watches: WatchTable;
  put(kind: DocumentKind, id: string, change?: object, deleted?: boolean): Promise<void>;
  /** An integration with an active campaign. */
  sender(id: string): Promise<void>;
  /** The same, that sent 20 an hour for three weeks and then was silent for so many hours; all is counted up to an hour. */
  knownSender(id: string, until: Hour, silentHours?: number): Promise<void>;
  sends(integration: string, hour: Hour, number: number, fields?: Partial<LogRow>): Promise<void>;
  row(hour: Hour, fields?: Partial<LogRow>): Promise<void>;
  /** A run of the watchdog that starts five minutes after an hour. */
  run(afterHour: Hour, hours?: number): Promise<Findings>;
  /** What the watchdog keeps, as it stands in the table. */
  kept(): Promise<readonly Record<string, unknown>[]>;
  /** Write units that the rows of what it keeps cost, each by itself. */
  unitsKept(): Promise<readonly (number | undefined)[]>;
}

/** One moment for all that a file of tests does, also where an hour ends meanwhile. */
const startedAt = Date.now();
/** The newest hour that is complete. */
export const lastHour: Hour = hourAfter(hourOf(startedAt), -1);

/** Five minutes after the end of an hour. */
export const fivePast = (afterHour: Hour): number => Date.parse(`${hourAfter(afterHour)}:05:00Z`);

/** Tables of its own on a server that is there. What the watchdog itself does goes through the proxy. */
export async function watchWorld(storage: Storage): Promise<WatchWorld> {
  const suffix = `-${randomUUID().slice(0, 8)}`;
  await createTables(storage.direct, suffix);
  const [configName, logName] = [tableNames.config + suffix, tableNames.postbackLog + suffix];
  const history = configurationHistory(storage.direct, configName);
  const watches = watchTable(storage.client, logName);
  const stores: WatchStores = {
    expectedSenders: (deadline) => readExpectedSenders(storage.client, configName, deadline),
    counts: postbackCounts(storage.client, logName),
    watches,
    logRetentionDays: 90,
  };
  async function items(): Promise<readonly Record<string, AttributeValue>[]> {
    const command = new QueryCommand({
      TableName: logName,
      KeyConditionExpression: 'hourAndShard = :watch',
      ExpressionAttributeValues: { ':watch': { S: 'watch' } },
    });
    return (await storage.direct.send(command)).Items ?? [];
  }
  const world: WatchWorld = {
    stores,
    watches,
    async put(kind, id, change = {}, deleted = false) {
      const input = { ...(kind === 'campaign' ? campaignDocument : integrationDocument), ...change };
      const reading = readDocument(kind, input);
      if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
      const before = await history.newest(kind, id, noHurry);
      const version = (before?.version ?? 0) + 1;
      await history.write(
        { kind, id, version, changedAt: startedAt, author: 'test', document: reading.document, deleted },
        noHurry,
      );
    },
    async sender(id) {
      await world.put('integration', id);
      await world.put('campaign', `campaign-of-${id}`, { integration: id });
    },
    async knownSender(id, until, silentHours = 0) {
      await world.sender(id);
      const busy = live(() => 20, 504, hourAfter(until, -503 - silentHours));
      const { watch } = live(() => 0, silentHours, busy.next, busy.watch);
      if (watch === undefined) throw new Error('it has sent');
      await watches.keep({ ...watch, integration: id }, noHurry);
      await watches.keepCounted(until, noHurry);
    },
    async sends(integration, hour, number, fields = {}) {
      await Promise.all(Array.from({ length: number }, () => world.row(hour, { integration, ...fields })));
    },
    async row(hour, fields = {}) {
      const receivedAt = Date.parse(`${hour}:00:00Z`) + Math.floor(Math.random() * 3_600_000);
      const row: LogRow = {
        requestId: mintRequestId(receivedAt, randomBytes(9)),
        receivedAt: new Date(receivedAt).toISOString(),
        method: 'GET',
        path: '/postback',
        raw: 'clickid=x',
        integration: 'acme',
        result: 'recorded',
        reason: 'OK',
        httpStatus: 200,
        message: 'Recorded.',
        warnings: [],
        attempts: 1,
        expiresAt: Math.floor(startedAt / 1000) + 86_400,
        ...fields,
      };
      await storage.direct.send(new PutItemCommand({ TableName: logName, Item: writeLogRow(row) }));
    },
    run: (afterHour, hours = Infinity) => {
      let begun = 0;
      return catchUp(stores, fivePast(afterHour), noHurry, () => begun++ >= hours);
    },
    kept: async () => (await items()).map((item) => unmarshall(item)),
    async unitsKept() {
      const put = (Item: Record<string, AttributeValue>) =>
        storage.direct.send(new PutItemCommand({ TableName: logName, Item, ReturnConsumedCapacity: 'TOTAL' }));
      const answers = await Promise.all((await items()).map(put));
      return answers.map(({ ConsumedCapacity }) => ConsumedCapacity?.CapacityUnits);
    },
  };
  return world;
}

/** A request ID of an hour in a shard of one's choice. */
export function requestIdIn(hour: Hour, shard: number): RequestId {
  for (;;) {
    const requestId = mintRequestId(Date.parse(`${hour}:00:00Z`), randomBytes(9));
    if (readRequestId(requestId)?.shard === shard) return requestId;
  }
}
