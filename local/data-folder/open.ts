import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lockDataFolder, unwritable, type DataFolderLock } from './lock';

/** The folder of everything that outlives a run. */
export interface DataFolder {
  readonly path: string;
  readonly assembly: string;
  readonly synthesized: string;
  readonly database: string;
  readonly databaseProcess: string;
  readonly queues: string;
  /** The position of each event source mapping in its stream. */
  readonly streams: string;
  /** Objects of buckets, as files. */
  readonly objects: string;
  readonly secrets: string;
  readonly logs: string;
  readonly metrics: string;
  /** A marker that this stack has its demo data. */
  seeded(stackName: string): string;
  readonly lock: DataFolderLock;
}

export function openDataFolder(given: string): DataFolder {
  const path = resolve(given);
  const logs = join(path, 'logs');
  const streams = join(path, 'streams');
  try {
    for (const folder of [logs, streams]) mkdirSync(folder, { recursive: true });
    accessSync(path, constants.W_OK);
  } catch {
    throw unwritable(path);
  }
  return {
    path,
    assembly: join(path, 'assembly'),
    synthesized: join(path, 'assembly.json'),
    database: join(path, 'dynamodb.sqlite'),
    databaseProcess: join(path, 'dynamodb.pid.json'),
    queues: join(path, 'queues'),
    streams,
    objects: join(path, 's3'),
    secrets: join(path, 'secrets.json'),
    logs,
    metrics: join(path, 'metrics.jsonl'),
    seeded: (stackName) => join(path, `seeded-${stackName}`),
    lock: lockDataFolder(path),
  };
}

export function isPresent(path: string): boolean {
  return existsSync(path);
}
