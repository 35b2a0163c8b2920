import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const key = 'clicks/counted/orphan.parquet';
const ageMilliseconds = 3 * 24 * 60 * 60 * 1000;

/** Puts an object of facts beside the others of a data folder that nothing names, as of days ago: compaction is to delete it. */
export function leaveOrphan(dataFolder: string): void {
  const store = join(dataFolder, 's3');
  const [bucket = ''] = readdirSync(join(store, '.facts'));
  const known = join(store, '.facts', bucket);
  const objects = readdirSync(known).map((name) => JSON.parse(readFileSync(join(known, name), 'utf8')));
  const like = objects.find((one: { readonly key: string }) => one.key.startsWith('clicks/counted/'));
  if (like === undefined) throw new Error('nothing was counted');
  cpSync(join(store, bucket, like.key), join(store, bucket, key));
  const name = `${createHash('sha256').update(key).digest('hex')}.json`;
  writeFileSync(join(known, name), JSON.stringify({ ...like, key, modifiedAt: Date.now() - ageMilliseconds }));
}
