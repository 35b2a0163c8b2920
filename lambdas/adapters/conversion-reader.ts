import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableKey } from '../contract';
import type { Conversion } from '../domain/conversion/conversion';
import { readConversion } from './conversion-item';
import type { Deadline } from './deadline';
import { queryRows } from './query-rows';

export interface ConversionReader {
  /** Returns conversions of one click in the order of their keys, after a key if given; strongly consistent. */
  ofClick(
    clickId: string,
    page: { readonly after?: string; readonly limit: number },
    deadline: Deadline,
  ): Promise<{ readonly conversions: readonly Conversion[]; readonly more: boolean }>;
}

const { partition, sort } = tableKey.conversions;

export function conversionReader(client: DynamoDBClient, tableName: string): ConversionReader {
  return {
    async ofClick(clickId, { after, limit }, deadline) {
      const { items, more } = await queryRows(
        client,
        {
          TableName: tableName,
          KeyConditionExpression: `#clickId = :clickId${after === undefined ? '' : ' AND #key > :after'}`,
          ExpressionAttributeNames: { '#clickId': partition, ...(after !== undefined && { '#key': sort }) },
          ExpressionAttributeValues: {
            ':clickId': { S: clickId },
            ...(after !== undefined && { ':after': { S: after } }),
          },
          ConsistentRead: true,
        },
        limit,
        deadline,
      );
      return { conversions: items.map(readConversion), more };
    },
  };
}
