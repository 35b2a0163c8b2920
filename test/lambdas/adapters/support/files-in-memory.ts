import type { FactFiles, StoredObject } from '../../../../lambdas/adapters/fact-files';
import { readParquet, writeParquet } from '../../../../lambdas/adapters/fact-parquet';

/** Objects of facts in memory, as the Parquet that they would be in the bucket. */
export class FilesInMemory implements FactFiles {
  readonly objects = new Map<string, { readonly bytes: Uint8Array; readonly writtenAt: number }>();
  /** Called before each write; it fails where this throws. */
  beforeWrite: () => void = () => undefined;
  now = 0;

  write: FactFiles['write'] = async (key, set, rows) => {
    this.beforeWrite();
    if (this.objects.has(key)) throw new Error(`${key} is written a second time`);
    const bytes = writeParquet(set, rows);
    this.objects.set(key, { bytes, writtenAt: this.now });
    return bytes.length;
  };

  read: FactFiles['read'] = async (key, set) => {
    const found = this.objects.get(key);
    if (found === undefined) throw new Error(`there is no object ${key}`);
    return readParquet(set, found.bytes);
  };

  list: FactFiles['list'] = async () =>
    [...this.objects].map(([key, { writtenAt }]): StoredObject => ({ key, writtenAt }));

  remove: FactFiles['remove'] = async (key) => {
    this.objects.delete(key);
  };
}
