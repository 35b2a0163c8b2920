import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableKey } from '../contract';
import type { Conversion } from '../domain/conversion/conversion';
import { erasedConversion } from '../domain/conversion/erasure';
import { readConversion, stampedConversion } from './conversion-item';
import { abortSignal, type Deadline } from './deadline';
import { isConditionFailed, toItem } from './item';
import { storageCall } from './storage-failure';

const callMilliseconds = 3000;
const maximumRounds = 12;

export interface ConversionErasure {
  /** Removes the personal fields of a conversion; returns `false` if they are absent already. */
  erase(conversion: Conversion, deadline: Deadline): Promise<boolean>;
}

const { partition, sort } = tableKey.conversions;

export function conversionErasure(client: DynamoDBClient, tableName: string): ConversionErasure {
  async function readAgain(
    { clickId, conversionKey }: Conversion,
    deadline: Deadline,
  ): Promise<Conversion | undefined> {
    const key = toItem({ [partition]: clickId, [sort]: conversionKey });
    const command = new GetItemCommand({ TableName: tableName, Key: key, ConsistentRead: true });
    const answer = await client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
    return answer.Item === undefined ? undefined : readConversion(answer.Item);
  }

  /** @returns whether the write succeeded: a simultaneous postback may have won */
  async function write(conversion: Conversion, deadline: Deadline): Promise<boolean> {
    const command = new PutItemCommand({
      TableName: tableName,
      Item: stampedConversion(conversion),
      ConditionExpression: '#version = :before',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':before': { N: String(conversion.version - 1) } },
    });
    try {
      await client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
      return true;
    } catch (error) {
      if (isConditionFailed(error)) return false;
      throw error;
    }
  }

  return {
    erase: (conversion, deadline) =>
      storageCall('erasing the personal fields of a conversion', async () => {
        let standing: Conversion | undefined = conversion;
        for (let round = 0; round < maximumRounds && standing !== undefined; round++) {
          const erased = erasedConversion(standing);
          // Also true after an earlier write whose answer was lost.
          if (erased === undefined) return round > 0;
          if (await write(erased, deadline)) return true;
          standing = await readAgain(standing, deadline);
        }
        throw new Error(`concurrent writes won ${maximumRounds} times in a row`);
      }),
  };
}
