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

/** The counting objects and their generation. */
export interface ManifestReading extends Manifest {
  readonly generation: number;
  /** The recount whose objects are included but not yet in the manifest. */
  readonly recount: string | undefined;
}

/**
 * Returns the objects that count at one moment, and reads again if objects were replaced meanwhile: none is missing, and none appears
 * beside its replacement. Throws `StorageFailure` if the table does not respond in time.
 */
export async function readManifest(
  client: DynamoDBClient,
  tableName: string,
  deadline: Deadline,
): Promise<ManifestReading> {
  for (let reading = 0; reading < maximumReadings; reading++) {
    const { value: generation, recount } = await generationOf(client, tableName, deadline);
    // Before the objects, which then include everything counted up to it.
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
  throw new Error(`the facts were compacted during ${maximumReadings} consecutive reads`);
}

/**
 * Adds the objects of an applied recount and omits those that it replaces: the manifest gets them one by one, but they must count
 * together.
 */
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
