import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isObject, type JsonObject, objectOrEmpty, parseJson, textOf } from '../json';
import { pathOfKey } from './key-path';

/** The metadata of an object. */
export interface ObjectFacts {
  readonly key: string;
  readonly size: number;
  /** MD5 in quoted hex, as S3 returns it. */
  readonly etag: string;
  /** Unix milliseconds. */
  readonly modifiedAt: number;
  /** Headers that are returned with the object: its type, encodings and `x-amz-meta-…`. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Objects as files: `<folder>/<bucket>/<key>`, so that any program can read them; their metadata is in `<folder>/.facts`. An object is
 * complete and on disk before it is acknowledged.
 */
export class ObjectStore {
  private readonly buckets = new Map<string, Map<string, ObjectFacts>>();
  private readonly unfinished: string;

  constructor(
    readonly folder: string,
    buckets: readonly string[],
  ) {
    this.unfinished = join(folder, '.unfinished');
    rmSync(this.unfinished, { recursive: true, force: true });
    mkdirSync(this.unfinished, { recursive: true });
    for (const bucket of buckets) this.buckets.set(bucket, this.load(bucket));
  }

  has(bucket: string): boolean {
    return this.buckets.has(bucket);
  }

  find(bucket: string, key: string): ObjectFacts | undefined {
    return this.buckets.get(bucket)?.get(key);
  }

  /** The file that holds an object. */
  fileOf(bucket: string, key: string): string {
    return join(this.folder, bucket, pathOfKey(key));
  }

  /** Throws the system's error where another object's file blocks the path: `a` and `a/b` cannot both be files. */
  put(bucket: string, key: string, bytes: Buffer, headers: Readonly<Record<string, string>>): ObjectFacts {
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
    const facts = { key, size: bytes.length, etag, modifiedAt: Date.now(), headers };
    this.write(this.fileOf(bucket, key), bytes);
    this.write(this.factsFile(bucket, key), JSON.stringify(facts));
    this.buckets.get(bucket)?.set(key, facts);
    return facts;
  }

  read(bucket: string, key: string): Buffer {
    return readFileSync(this.fileOf(bucket, key));
  }

  delete(bucket: string, key: string): void {
    if (!this.buckets.get(bucket)?.delete(key)) return;
    rmSync(this.factsFile(bucket, key), { force: true });
    rmSync(this.fileOf(bucket, key), { force: true });
  }

  /** Returns objects by key prefix, in the UTF-8 order of their keys. */
  list(bucket: string, prefix: string): readonly ObjectFacts[] {
    const objects = [...(this.buckets.get(bucket)?.values() ?? [])].filter(({ key }) => key.startsWith(prefix));
    return objects.sort((one, other) => Buffer.compare(Buffer.from(one.key), Buffer.from(other.key)));
  }

  private factsFile(bucket: string, key: string): string {
    return join(this.folder, '.facts', bucket, `${createHash('sha256').update(key).digest('hex')}.json`);
  }

  private write(file: string, content: Buffer | string): void {
    const begun = join(this.unfinished, randomUUID());
    const descriptor = openSync(begun, 'wx');
    try {
      const bytes = Buffer.from(content);
      for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    mkdirSync(dirname(file), { recursive: true });
    renameSync(begun, file);
  }

  private load(bucket: string): Map<string, ObjectFacts> {
    const folder = join(this.folder, '.facts', bucket);
    const objects = new Map<string, ObjectFacts>();
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) {
      const facts = readFacts(parseJson(readFileSync(join(folder, name), 'utf8')));
      if (facts !== undefined) objects.set(facts.key, facts);
    }
    return objects;
  }
}

function readFacts(given: unknown): ObjectFacts | undefined {
  const { key, size, etag, modifiedAt, headers } = objectOrEmpty(given);
  if (typeof key !== 'string' || typeof size !== 'number' || typeof modifiedAt !== 'number') return undefined;
  return { key, size, etag: textOf(etag), modifiedAt, headers: textsOf(isObject(headers) ? headers : {}) };
}

function textsOf(given: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, textOf(value)]));
}
