import { QueryCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableKey } from '../contract';
import type { ClickId } from '../domain/click/click-id';
import { settleByKey } from '../domain/conversion/settlement';
import type { ConversionsTable } from './conversions-table';
import { conversionCallMilliseconds, readKeyRow, putConversion } from './conversion-write';
import { abortSignal, type Deadline } from './deadline';

/** Maximum rounds of write, lose the race, decide again: two suffice unless servers write the same key meanwhile. */
const maximumRounds = 8;

/** The table of conversions for browser reports: each report reads and writes only the row of its key. */
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
      throw new Error(`concurrent writes of the conversion won ${maximumRounds} times in a row`);
    },
    foresee: async (subject, claim, { mayCreate }, deadline) =>
      settleByKey(await readKeyRow(client, tableName, subject, deadline), subject, claim, mayCreate),
    // The path of a report names its integration, so that none has to be found.
    integrationOf: async () => undefined,
  };
}

/** Maximum conversions of a click for which a browser may report another one. */
export const reportedConversions = 100;

/**
 * Whether a click has that many conversions. Servers read all of them for a refund, which a visitor must not be able to prevent by adding
 * more.
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
