import { randomBytes } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { configurationTable } from '../adapters/configuration-table';
import { countryLookup } from '../adapters/country-file';
import { lookupsOf } from '../adapters/fact-lookups';
import { deadlineAt } from '../adapters/deadline';
import { dynamoDbClient } from '../adapters/dynamodb';
import { requireEnvironment, requireEnvironmentNumber } from '../adapters/environment';
import { factWriter } from '../adapters/fact-writer';
import { s3Client } from '../adapters/s3-client';
import { factsTable } from '../adapters/facts-table';
import { transactionIndex } from '../adapters/transaction-index';
import { emit } from '../adapters/metrics';
import { readStreamEvent } from '../adapters/stream-event';
import * as metric from '../counters';
import { readDocument } from '../domain/configuration/document';
import type { FactSet } from '../domain/facts/columns';
import { count, type CountStores } from './count';
import { costSources } from './cost-sources';

/** No request waits for it, and Lambda retries what fails. */
const attempts = 4;
const client = dynamoDbClient(attempts);
const configuration = configurationTable<'source'>(
  client,
  requireEnvironment('configTable'),
  requireEnvironmentNumber('configCacheSeconds'),
  readDocument,
);

const lookupsFor = lookupsOf(configuration, countryLookup());

const stores: CountStores = {
  facts: factsTable(client, requireEnvironment('factsTable')),
  transactions: transactionIndex(client, requireEnvironment('factsTable')),
  files: factWriter(s3Client(attempts), requireEnvironment('factsBucket')),
  lookupsFor: (set, records, deadline) => lookupsFor(costSources(set, records), deadline),
  newId: () => `${Date.now().toString(36)}-${randomBytes(10).toString('hex')}`,
  now: () => Date.now(),
};

const setOfTable: Readonly<Record<string, FactSet>> = {
  [requireEnvironment('clicksTable')]: 'clicks',
  [requireEnvironment('conversionsTable')]: 'conversions',
};

/** The state that a window carries between batches. All durable state is in the table of facts. */
const noState = { state: {} } as const;

/** Counts the changes of a shard of clicks or conversions. If it throws, Lambda retries the same changes. */
export async function handler(
  event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<typeof noState> {
  const batch = readStreamEvent(event);
  if (batch === undefined) return noState;
  const set = setOfTable[batch.table];
  if (set === undefined) throw new Error(`the table ${batch.table} is not counted`);
  const deadline = deadlineAt(Date.now() + context.getRemainingTimeInMillis() - 500);
  const { uncounted, ...counted } = await count(set, batch, stores, deadline);
  const fields = { set, ...counted };
  const missing = uncounted + counted.late;
  if (missing === 0) emit({}, fields);
  else {
    const what = `${missing} changes are not counted: ${uncounted} are put aside, ${counted.late} came after more than a day`;
    emit({ [metric.factsUncounted]: missing }, { level: 'ERROR', what, uncounted, ...fields });
  }
  return noState;
}
