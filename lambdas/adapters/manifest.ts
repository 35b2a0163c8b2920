import { createHash } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { FactObject, Manifest } from '../domain/facts/manifest';
import type { Deadline } from './deadline';
import { factKind, readCheckpoint, readFactObject } from './fact-items';
import { generationOf, factRowsOf } from './fact-rows';
import { recountNotes } from './recount-notes';

/** Compaction runs every 15 minutes, so that this many changes during reads in a row indicate another problem. */
const maximumReadings = 5;
const versionDigits = 12;

/** Everything that counts, and the generation that it is of. */
export interface ManifestReading extends Manifest {
  readonly generation: number;
  /** The recount whose objects are among them without being in the manifest itself. */
  readonly recount: string | undefined;
}

/**
 * Everything that counts at one moment, read anew where objects were replaced by others meanwhile: none is missing, and none is named
 * beside what replaced it. Throws `StorageFailure` where the table does not answer in time.
 */
export async function readManifest(
  client: DynamoDBClient,
  tableName: string,
  deadline: Deadline,
): Promise<ManifestReading> {
  for (let reading = 0; reading < maximumReadings; reading++) {
    const { value: generation, recount } = await generationOf(client, tableName, deadline);
    // Before the objects: what is counted up to there is in them.
    const checkpoints = (await factRowsOf(client, tableName, factKind.checkpoint, deadline)).map(readCheckpoint);
    const named = (await factRowsOf(client, tableName, factKind.manifest, deadline)).map(readFactObject);
    const objects = await withRecount(client, tableName, named, recount, deadline);
    const after = await generationOf(client, tableName, deadline);
    if (after.value !== generation || after.recount !== recount) continue;
    return {
      generation,
      recount,
      objects,
      version: versionOf(generation, objects),
      countedThrough:
        checkpoints.length === 0
          ? undefined
          : checkpoints.reduce((latest, { through }) => Math.max(latest, through), 0),
    };
  }
  throw new Error(`the facts were put together anew ${maximumReadings} times in a row while they were read`);
}

/** Also what a recount adds, and without what it replaces: they enter the manifest one after the other, and count all together. */
async function withRecount(
  client: DynamoDBClient,
  tableName: string,
  named: readonly FactObject[],
  recount: string | undefined,
  deadline: Deadline,
): Promise<readonly FactObject[]> {
  if (recount === undefined) return named;
  const { outputs, dropped } = await recountNotes(client, tableName, recount, deadline);
  const gone = new Set(dropped);
  const all = new Map([...named, ...outputs].map((object) => [object.key, object]));
  return [...all.values()].filter(({ key }) => !gone.has(key));
}

function versionOf(generation: number, objects: readonly FactObject[]): string {
  const hash = createHash('sha256').update(`${generation}\n`);
  for (const key of objects.map((object) => object.key).sort()) hash.update(`${key}\n`);
  return hash.digest('hex').slice(0, versionDigits);
}
