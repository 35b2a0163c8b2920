import { QueryCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableKey } from '../contract';
import type { ClickId } from '../domain/click/click-id';
import { settleByKey } from '../domain/conversion/settlement';
import type { ConversionsTable } from './conversions-table';
import { conversionCallMilliseconds, readKeyRow, putConversion } from './conversion-write';
import { abortSignal, type Deadline } from './deadline';

/** Rounds of write, lose the race, decide anew: a report is settled in two unless servers write its key meanwhile. */
const maximumRounds = 8;

/** The conversions as what browsers report is recorded in: each report is about the row of its own key, and nothing else is looked at. */
export function reportsTable(client: DynamoDBClient, tableName: string): ConversionsTable {
  return {
    async record(subject, claim, { mayCreate }, deadline) {
      let existing = mayCreate ? undefined : await readKeyRow(client, tableName, subject, deadline);
      for (let round = 0; round < maximumRounds; round++) {
        const settlement = settleByKey(existing, subject, claim, mayCreate);
        const [row] = settlement.outcome === 'settled' ? settlement.writes : [];
        if (row === undefined) return settlement;
        const result = await putConversion(client, tableName, row, deadline);
        if (result.stored) return settlement;
        existing = result.found ?? (await readKeyRow(client, tableName, subject, deadline));
      }
      throw new Error(`the conversion was changed by others ${maximumRounds} times in a row`);
    },
    foresee: async (subject, claim, { mayCreate }, deadline) =>
      settleByKey(await readKeyRow(client, tableName, subject, deadline), subject, claim, mayCreate),
    // The path of a report names its integration: nobody asks.
    integrationOf: async () => undefined,
  };
}

/** Conversions that a click may have for a browser to report another. */
export const reportedConversions = 100;

/**
 * Says whether a click has as many conversions. Servers read all of them for a refund, and a visitor who could add more without end would
 * keep it from being settled.
 */
export function reportedInFull(client: DynamoDBClient, tableName: string) {
  const { partition } = tableKey.conversions;
  return async (clickId: ClickId, deadline: Deadline): Promise<boolean> => {
    const { Count: count = 0 } = await client.send(
      new QueryCommand({
        TableName: tableName,
        Select: 'COUNT',
        Limit: reportedConversions,
        KeyConditionExpression: '#clickId = :clickId',
        ExpressionAttributeNames: { '#clickId': partition },
        ExpressionAttributeValues: { ':clickId': { S: clickId } },
      }),
      { abortSignal: abortSignal(deadline, conversionCallMilliseconds) },
    );
    return count >= reportedConversions;
  };
}
