import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { randomBytes } from 'node:crypto';
import { configurationTable } from '../../adapters/configuration-table';
import { countryLookup } from '../../adapters/country-file';
import type { Deadline } from '../../adapters/deadline';
import { requireEnvironment } from '../../adapters/environment';
import { factReader, type FactReader } from '../../adapters/fact-reader';
import { lookupsOf } from '../../adapters/fact-lookups';
import { factWriter, type FactWriter } from '../../adapters/fact-writer';
import { generationOf } from '../../adapters/fact-rows';
import { readManifest, type ManifestReading } from '../../adapters/manifest';
import { settleRecount } from '../../adapters/recount-settlement';
import { recountTable, type RecountTable } from '../../adapters/recount-table';
import { s3Client } from '../../adapters/s3-client';
import { readDocument } from '../../domain/configuration/document';
import type { Lookups } from '../../domain/facts/click-fact';

/** The stores of a recount beside the tables that it scans. */
export interface RecountServices {
  readonly recounts: RecountTable;
  readonly files: FactReader & FactWriter;
  readManifest(deadline: Deadline): Promise<ManifestReading>;
  /** Returns the number of times that counted objects were replaced by others. */
  readGeneration(deadline: Deadline): Promise<number>;
  /** Brings what an earlier recount added into the manifest. */
  settle(deadline: Deadline): Promise<void>;
  /** Returns the values that are looked up for clicks of these sources. */
  lookupsFor(sources: ReadonlySet<string>, deadline: Deadline): Promise<Lookups>;
  /** An ID that no other object has. */
  newId(): string;
}

const configurationSeconds = 600;

export function recountServices(client: DynamoDBClient): RecountServices {
  const table = requireEnvironment('factsTable');
  const [s3, bucket] = [s3Client(), requireEnvironment('factsBucket')];
  const sources = configurationTable<'source'>(
    client,
    requireEnvironment('configTable'),
    configurationSeconds,
    readDocument,
  );
  return {
    recounts: recountTable(client, table),
    files: { ...factReader(s3, bucket), ...factWriter(s3, bucket) },
    readManifest: (deadline) => readManifest(client, table, deadline),
    readGeneration: async (deadline) => (await generationOf(client, table, deadline)).value,
    settle: (deadline) => settleRecount(client, table, deadline),
    lookupsFor: lookupsOf(sources, countryLookup()),
    newId: () => `${Date.now().toString(36)}-${randomBytes(10).toString('hex')}`,
  };
}
