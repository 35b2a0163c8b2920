import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { FactSet } from '../domain/facts/columns';
import type { FactRow } from '../domain/facts/rows';
import { abortSignal, type Deadline } from './deadline';
import { readParquet } from './fact-parquet';
import { objectCallMilliseconds } from './fact-writer';
import { storageCall } from './storage-failure';

export interface FactReader {
  read(key: string, set: FactSet, deadline: Deadline): Promise<readonly FactRow[]>;
}

export function factReader(client: S3Client, bucket: string): FactReader {
  return {
    async read(key, set, deadline) {
      const bytes = await storageCall(`reading ${key}`, async () => {
        const signal = { abortSignal: abortSignal(deadline, objectCallMilliseconds) };
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), signal);
        return Body?.transformToByteArray();
      });
      if (bytes === undefined) throw new Error(`${key} has no content`);
      return readParquet(set, bytes);
    },
  };
}
