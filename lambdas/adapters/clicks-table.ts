import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { tableKey } from '../contract';
import { isExpired, type Click } from '../domain/click/click';
import type { ClickId } from '../domain/click/click-id';
import { abortSignal, type Deadline } from './deadline';
import { clickIdText, isConditionFailed, toItem, type Item } from './item';
import { isErased } from './erased';

const writeMilliseconds = 1500;
const readMilliseconds = 1500;

export interface ClicksTable {
  /**
   * Writes a click, or returns the existing row of its ID: the same click, an earlier one of the same ad, or a tombstone. Throws if the
   * table does not respond in time.
   */
  put(click: Click, deadline: Deadline): Promise<Click | 'erased' | undefined>;
  /** Reads a click, strongly consistent; `undefined` if there is none or it has expired. */
  find(clickId: ClickId, now: number, deadline: Deadline): Promise<Click | 'erased' | undefined>;
  /** Checks by a write that never succeeds that the table accepts writes now. Throws if it does not. */
  probe(clickId: ClickId, deadline: Deadline): Promise<void>;
}

const parameters = v.optional(v.record(v.string(), v.string()), {});

const clickSchema = v.object({
  clickId: clickIdText,
  campaign: v.string(),
  integration: v.string(),
  offer: v.string(),
  source: v.optional(v.string()),
  subs: parameters,
  externalId: v.optional(v.string()),
  cost: v.optional(v.string()),
  parameters,
  truncated: v.optional(v.boolean(), false),
  unreplaced: v.exactOptional(v.array(v.string())),
  test: v.optional(v.boolean(), false),
  bot: v.optional(v.boolean(), false),
  userAgent: v.optional(v.string()),
  visitor: v.exactOptional(v.string()),
  ipPrefix: v.optional(v.string()),
  country: v.exactOptional(v.string()),
  reversalWaiting: v.optional(v.literal(true)),
  clickedAt: v.number(),
  storedAt: v.exactOptional(v.number()),
  expiresAt: v.number(),
});

/** Parameter names that have a meaning in every JavaScript object: neither written nor read. */
const unusableNames: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** Omits flags that are off and empty maps: a click of usual size fits one write unit. */
export function writeClick(click: Click): Item {
  const names = Object.keys(click.parameters);
  const usable = names.filter((name) => !unusableNames.includes(name));
  return toItem({
    ...click,
    subs: orAbsent(click.subs, Object.keys(click.subs)),
    parameters: orAbsent(click.parameters, usable),
    truncated: click.truncated || usable.length < names.length || undefined,
    test: click.test || undefined,
    bot: click.bot || undefined,
  });
}

function orAbsent(
  record: Readonly<Record<string, string>>,
  names: readonly string[],
): Readonly<Record<string, string | undefined>> | undefined {
  return names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, record[name]]));
}

export function readClick(item: Item): Click {
  return readClickFields(unmarshall(item));
}

/** Parses the fields of a click, such as those of a queued one. Throws if they are invalid. */
export function readClickFields(fields: unknown): Click {
  return v.parse(clickSchema, fields);
}

export function clicksTable(client: DynamoDBClient, tableName: string): ClicksTable {
  return {
    async put(click, deadline) {
      // A click from the queue, or one sent again after a lost answer, replaces no stored click.
      const command = new PutItemCommand({
        TableName: tableName,
        Item: writeClick(click),
        ConditionExpression: 'attribute_not_exists(#key)',
        ExpressionAttributeNames: { '#key': tableKey.clicks.partition },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      try {
        await client.send(command, { abortSignal: abortSignal(deadline, writeMilliseconds) });
        return undefined;
      } catch (error) {
        if (!isConditionFailed(error)) throw error;
        return error.Item === undefined || isErased(error.Item) ? 'erased' : readClick(error.Item);
      }
    },
    async probe(clickId, deadline) {
      const command = new PutItemCommand({
        TableName: tableName,
        Item: toItem({ [tableKey.clicks.partition]: clickId }),
        ConditionExpression: 'attribute_exists(#key) AND attribute_not_exists(#key)',
        ExpressionAttributeNames: { '#key': tableKey.clicks.partition },
      });
      try {
        await client.send(command, { abortSignal: abortSignal(deadline, writeMilliseconds) });
      } catch (error) {
        if (!isConditionFailed(error)) throw error;
      }
    },
    async find(clickId, now, deadline) {
      const answer = await client.send(
        new GetItemCommand({
          TableName: tableName,
          Key: toItem({ [tableKey.clicks.partition]: clickId }),
          ConsistentRead: true,
        }),
        { abortSignal: abortSignal(deadline, readMilliseconds) },
      );
      if (answer.Item === undefined) return undefined;
      if (isErased(answer.Item)) return 'erased';
      const click = readClick(answer.Item);
      return isExpired(click, now) ? undefined : click;
    },
  };
}
