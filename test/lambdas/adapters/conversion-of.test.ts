import type { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { findConversion } from '../../../lambdas/adapters/conversion-of';
import { writeConversion } from '../../../lambdas/adapters/conversion-item';
import type { Conversion } from '../../../lambdas/domain/conversion/conversion';
import { conversionOf } from '../domain/outbound/support';
import { noHurry } from './support/storage';

const first = conversionOf({ version: 1 });
const second = conversionOf({ version: 2 });

/** A table whose cheap read lags behind; it notes which reads were strongly consistent. */
function lagging(cheap: Conversion | undefined, strong: Conversion | undefined) {
  const reads: boolean[] = [];
  const send = async ({ input: { ConsistentRead = false } }: GetItemCommand) => {
    reads.push(ConsistentRead);
    const found = ConsistentRead ? strong : cheap;
    return { Item: found && writeConversion(found) };
  };
  return { reads, client: { send } as unknown as DynamoDBClient };
}

const { clickId, conversionKey } = second;
const find = (client: DynamoDBClient) =>
  findConversion(client, 'conversions', { clickId, conversionKey, conversionVersion: 2 }, noHurry);

test.each([
  ['that the cheap read knows is read once, at half a unit', second, second, second, [false]],
  ['that the cheap read knows as it was before is read again', first, second, second, [false, true]],
  ['that the cheap read does not know yet is read again', undefined, second, second, [false, true]],
  ['that is gone is gone by the strong read', undefined, undefined, undefined, [false, true]],
] as const)('a conversion %s', async (_, cheap, strong, expected, reads) => {
  const table = lagging(cheap, strong);
  expect((await find(table.client))?.version).toBe(expected?.version);
  expect(table.reads).toEqual(reads);
});
