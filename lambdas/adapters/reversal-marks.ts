import { UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableKey } from '../contract';
import type { ClickId } from '../domain/click/click-id';
import { abortSignal, type Deadline } from './deadline';
import { isConditionFailed, toItem } from './item';

const writeMilliseconds = 1500;

export interface ReversalMarks {
  /** Marks a click whose reversal came before its sale, so that the sale finds it; does not restore a deleted click. */
  mark(clickId: ClickId, deadline: Deadline): Promise<void>;
}

export function reversalMarks(client: DynamoDBClient, clicksTableName: string): ReversalMarks {
  return {
    async mark(clickId, deadline) {
      const command = new UpdateItemCommand({
        TableName: clicksTableName,
        Key: toItem({ [tableKey.clicks.partition]: clickId }),
        UpdateExpression: 'SET reversalWaiting = :true',
        ConditionExpression: `attribute_exists(${tableKey.clicks.partition})`,
        ExpressionAttributeValues: { ':true': { BOOL: true } },
      });
      try {
        await client.send(command, { abortSignal: abortSignal(deadline, writeMilliseconds) });
      } catch (error) {
        if (!isConditionFailed(error)) throw error;
      }
    },
  };
}
