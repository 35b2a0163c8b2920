import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { tableKey } from '../contract';
import { isExpired, type Click } from '../domain/click/click';
import type { ClickId } from '../domain/identifiers/click-id';
import { abortSignal, type Deadline } from './deadline';
import { clickIdText, toItem, type Item } from './item';

const writeMilliseconds = 1500;
const readMilliseconds = 1500;

export interface ClicksTable {
  /** Writes a click; the same click again changes nothing. Throws where the table does not take it in time. */
  put(click: Click, deadline: Deadline): Promise<void>;
  /** Reads a click, strongly consistent; `undefined` where there is none, or its time is over. */
  find(clickId: ClickId, now: number, deadline: Deadline): Promise<Click | undefined>;
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
  test: v.optional(v.boolean(), false),
  bot: v.optional(v.boolean(), false),
  userAgent: v.optional(v.string()),
  ipPrefix: v.optional(v.string()),
  ipHash: v.optional(v.string()),
  clickedAt: v.number(),
  expiresAt: v.number(),
});

/** Flags that are off and maps that are empty are left out: a click of usual size stays within one write unit. */
export function writeClick(click: Click): Item {
  return toItem({
    ...click,
    subs: orAbsent(click.subs),
    parameters: orAbsent(click.parameters),
    truncated: click.truncated || undefined,
    test: click.test || undefined,
    bot: click.bot || undefined,
  });
}

function orAbsent(record: Readonly<Record<string, string>>): Readonly<Record<string, string>> | undefined {
  return Object.keys(record).length === 0 ? undefined : record;
}

export function readClick(item: Item): Click {
  return readClickFields(unmarshall(item));
}

/** Reads the fields of a click, such as those of a queued one. Throws where they are none. */
export function readClickFields(fields: unknown): Click {
  return v.parse(clickSchema, fields);
}

export function clicksTable(client: DynamoDBClient, tableName: string): ClicksTable {
  return {
    async put(click, deadline) {
      // A click ID is minted once and never again, so a plain write is its own repetition: no condition, no own-write puzzle.
      await client.send(new PutItemCommand({ TableName: tableName, Item: writeClick(click) }), {
        abortSignal: abortSignal(deadline, writeMilliseconds),
      });
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
      const click = readClick(answer.Item);
      return isExpired(click, now) ? undefined : click;
    },
  };
}
