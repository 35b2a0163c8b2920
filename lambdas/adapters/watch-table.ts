import { PutItemCommand, QueryCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { tableKey } from '../contract';
import { hoursPerWeek, type Hour } from '../domain/watch/hour';
import type { ReportWatch } from '../domain/watch/report-watch';
import type { Watch } from '../domain/watch/watch';
import { abortSignal, type Deadline } from './deadline';
import { isConditionFailed, toItem, type Item } from './item';
import { storageCall } from './storage-failure';

const callMilliseconds = 5000;
/** A row of an integration expires this long after its last counted hour. */
const keptSeconds = 60 * 86_400;

export interface Watches {
  readonly byIntegration: ReadonlyMap<string, Watch>;
  /** Browser reports, by integration. */
  readonly reports: ReadonlyMap<string, ReportWatch>;
  /** The newest hour that was counted for all; `undefined` before the first. */
  readonly counted?: Hour | undefined;
}

export interface WatchTable {
  all(now: number, deadline: Deadline): Promise<Watches>;
  /** Saves the state after an hour, unless a concurrent run saved that hour or a later one. */
  keep(watch: Watch, deadline: Deadline): Promise<void>;
  /** Saves the state of browser reports in the same way. */
  keepReports(watch: ReportWatch, deadline: Deadline): Promise<void>;
  /** Records that an hour was counted for all integrations. */
  keepCounted(hour: Hour, deadline: Deadline): Promise<void>;
}

const { partition, sort, timeToLive } = tableKey.postbackLog;

/**
 * In the log's table beside the hours: one row for each integration, one for its browser reports, and one for all. No integration can
 * have the names of the last two.
 */
const partitionName = 'watch';
const rowOfAll = '#';
const reportsSuffix = '#reports';

const habitSchema = v.object({
  perHour: v.pipe(v.array(v.number()), v.length(hoursPerWeek)),
  hoursLearnt: v.number(),
  squares: v.number(),
  usual: v.number(),
});
const watchSchema = v.object({
  [sort]: v.string(),
  countedUntil: v.string(),
  habit: habitSchema,
  lastHeard: v.string(),
  doubt: v.optional(
    v.object({
      since: v.string(),
      accepted: v.number(),
      refused: v.number(),
      usual: v.number(),
      weight: v.number(),
    }),
  ),
  habitBefore: v.optional(habitSchema),
  recent: v.optional(v.array(v.object({ hour: v.string(), recorded: v.number(), unread: v.number() }))),
  toldSince: v.optional(v.string()),
});
const reportsSchema = v.object({
  countedUntil: v.string(),
  since: v.string(),
  reported: v.number(),
  confirmed: v.number(),
});
const rowOfAllSchema = v.object({ countedUntil: v.string() });

export function watchTable(client: DynamoDBClient, tableName: string): WatchTable {
  async function put(name: string, countedUntil: Hour, fields: object, deadline: Deadline): Promise<void> {
    const command = new PutItemCommand({
      TableName: tableName,
      Item: toItem({ [partition]: partitionName, [sort]: name, countedUntil, ...fields }),
      ConditionExpression: 'attribute_not_exists(countedUntil) OR countedUntil < :hour',
      ExpressionAttributeValues: { ':hour': { S: countedUntil } },
    });
    try {
      await client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
    }
  }

  return {
    async all(now, deadline) {
      const byIntegration = new Map<string, Watch>();
      const reports = new Map<string, ReportWatch>();
      let counted: Hour | undefined;
      let startKey: Item | undefined;
      do {
        const command = new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: '#partition = :partition',
          // The table deletes late: expired rows count as absent.
          FilterExpression: 'attribute_not_exists(#expiresAt) OR #expiresAt > :now',
          ExpressionAttributeNames: { '#partition': partition, '#expiresAt': timeToLive },
          ExpressionAttributeValues: { ':partition': { S: partitionName }, ':now': { N: String(now / 1000) } },
          ConsistentRead: true,
          ...(startKey !== undefined && { ExclusiveStartKey: startKey }),
        });
        const answer = await storageCall('reading what the watchdog knows', () =>
          client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
        );
        for (const item of answer.Items ?? []) {
          const fields = unmarshall(item);
          const name = String(fields[sort]);
          if (name === rowOfAll) counted = v.parse(rowOfAllSchema, fields).countedUntil;
          else if (name.endsWith(reportsSuffix)) {
            const integration = name.slice(0, -reportsSuffix.length);
            reports.set(integration, { integration, ...v.parse(reportsSchema, fields) });
          } else byIntegration.set(name, readWatch(fields));
        }
        startKey = answer.LastEvaluatedKey;
      } while (startKey !== undefined);
      return { byIntegration, reports, counted };
    },

    keep({ integration, countedUntil, ...known }, deadline) {
      return storageCall(`keeping what is known of ${integration}`, () =>
        put(integration, countedUntil, { ...known, [timeToLive]: expiresAfter(countedUntil) }, deadline),
      );
    },

    keepReports({ integration, countedUntil, ...known }, deadline) {
      return storageCall(`keeping what browsers report to ${integration}`, () =>
        put(
          `${integration}${reportsSuffix}`,
          countedUntil,
          { ...known, [timeToLive]: expiresAfter(countedUntil) },
          deadline,
        ),
      );
    },

    keepCounted: (hour, deadline) =>
      storageCall('keeping that an hour was counted', () => put(rowOfAll, hour, {}, deadline)),
  };
}

const expiresAfter = (hour: Hour): number => Date.parse(`${hour}:00:00.000Z`) / 1000 + keptSeconds;

function readWatch(fields: unknown): Watch {
  const { [sort]: integration, doubt, habitBefore, recent, toldSince, ...known } = v.parse(watchSchema, fields);
  return {
    integration,
    ...known,
    ...(doubt !== undefined && { doubt }),
    ...(habitBefore !== undefined && { habitBefore }),
    ...(recent !== undefined && { recent }),
    ...(toldSince !== undefined && { toldSince }),
  };
}
