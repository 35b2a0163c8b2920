import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import type { Secrets } from '../domain/outbound/request';
import type { Master } from '../domain/trust/keys';
import { openSealed, seal } from '../domain/trust/seal';
import { configurationKey, currentRevision } from './configuration-item';
import { abortSignal, type Deadline } from './deadline';
import { isConditionFailed, toItem } from './item';
import { storageCall } from './storage-failure';

const callMilliseconds = 3000;
/** Maximum conflicts with concurrent writes of the source's secrets; more indicate another problem. */
const mostRaces = 5;
/** One row holds all secrets, and DynamoDB takes 400 kB. */
export const mostSecrets = 50;

export interface SourceSecrets {
  /** Returns the values of `{secret:NAME}`. Omits a secret that no version of the master opens: it must be set again. */
  of(sourceId: string, master: Master, deadline: Deadline): Promise<Secrets>;
  /** Sets or removes one secret. */
  change(
    sourceId: string,
    name: string,
    value: string | undefined,
    master: Master,
    deadline: Deadline,
  ): Promise<'changed' | 'absent' | 'too many'>;
}

const rowSchema = v.object({ writes: v.number(), sealed: v.record(v.string(), v.string()) });
type Row = v.InferOutput<typeof rowSchema>;

/** The secrets of a source have one row beside its document, each sealed for its source and its name. */
export function sourceSecrets(client: DynamoDBClient, tableName: string): SourceSecrets {
  const keyOf = (sourceId: string) => configurationKey(`source-secrets#${sourceId}`, currentRevision);

  async function read(sourceId: string, deadline: Deadline): Promise<Row> {
    const command = new GetItemCommand({ TableName: tableName, Key: keyOf(sourceId), ConsistentRead: true });
    const { Item: item } = await storageCall('reading the secrets of a source', () =>
      client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
    );
    return item === undefined ? { writes: 0, sealed: {} } : v.parse(rowSchema, unmarshall(item));
  }

  /** Returns `false` after a concurrent write. */
  async function write(sourceId: string, { writes, sealed }: Row, deadline: Deadline): Promise<boolean> {
    const command = new PutItemCommand({
      TableName: tableName,
      Item: { ...keyOf(sourceId), ...toItem({ writes: writes + 1, sealed }) },
      ConditionExpression: writes === 0 ? 'attribute_not_exists(writes)' : 'writes = :before',
      ...(writes > 0 && { ExpressionAttributeValues: { ':before': { N: String(writes) } } }),
    });
    try {
      await client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
      return true;
    } catch (error) {
      if (isConditionFailed(error)) return false;
      return storageCall('writing the secrets of a source', () => Promise.reject(error));
    }
  }

  return {
    async of(sourceId, master, deadline) {
      const { sealed } = await read(sourceId, deadline);
      const opened = Object.entries(sealed).map(([name, text]) => [
        name,
        openSealed(text, master, { use: 'source-secret', requestId: `${sourceId}/${name}` }),
      ]);
      return Object.fromEntries(opened.filter(([, value]) => value !== undefined));
    },

    async change(sourceId, name, value, master, deadline) {
      for (let race = 0; race < mostRaces; race += 1) {
        const row = await read(sourceId, deadline);
        const { [name]: before, ...others } = row.sealed;
        if (value === undefined && before === undefined) return 'absent';
        if (before === undefined && Object.keys(others).length >= mostSecrets) return 'too many';
        const sealed =
          value === undefined
            ? others
            : {
                ...others,
                [name]: seal(value, master, { use: 'source-secret', requestId: `${sourceId}/${name}` }),
              };
        if (await write(sourceId, { ...row, sealed }, deadline)) return 'changed';
      }
      return storageCall('writing the secrets of a source', () => Promise.reject(new Error('others wrote each time')));
    },
  };
}
