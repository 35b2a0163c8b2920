import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { FactSet } from '../domain/facts/columns';
import type { FactRow } from '../domain/facts/rows';
import { abortSignal, type Deadline } from './deadline';
import { writeParquet } from './fact-parquet';
import { storageCall } from './storage-failure';

/** An object has some megabytes at most. */
export const objectCallMilliseconds = 30_000;

export interface FactWriter {
  /** Writes rows as a Parquet object. @returns its size in bytes */
  write(key: string, set: FactSet, rows: readonly FactRow[], deadline: Deadline): Promise<number>;
}

export function factWriter(client: S3Client, bucket: string): FactWriter {
  return {
    async write(key, set, rows, deadline) {
      const body = writeParquet(set, rows);
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: 'application/vnd.apache.parquet',
      });
      await storageCall('writing facts', () =>
        client.send(command, { abortSignal: abortSignal(deadline, objectCallMilliseconds) }),
      );
      return body.length;
    },
  };
}
