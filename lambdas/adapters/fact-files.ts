import { DeleteObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { factsPrefix } from '../contract';
import { factSets } from '../domain/facts/columns';
import { abortSignal, type Deadline } from './deadline';
import { factReader, type FactReader } from './fact-reader';
import { factWriter, objectCallMilliseconds, type FactWriter } from './fact-writer';
import { storageCall } from './storage-failure';

/** An object in the bucket, whether it counts or not. */
export interface StoredObject {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
}

export interface FactFiles extends FactReader, FactWriter {
  /** Returns every object of facts. */
  list(deadline: Deadline): Promise<readonly StoredObject[]>;
  /** Deletes an object; a missing one is no error. */
  remove(key: string, deadline: Deadline): Promise<void>;
}

export function factFiles(client: S3Client, bucket: string): FactFiles {
  return {
    ...factWriter(client, bucket),
    ...factReader(client, bucket),
    async list(deadline) {
      const found: StoredObject[] = [];
      for (const set of factSets) {
        let token: string | undefined;
        do {
          const command: ListObjectsV2Command = new ListObjectsV2Command({
            Bucket: bucket,
            Prefix: factsPrefix[set],
            ...(token !== undefined && { ContinuationToken: token }),
          });
          const page = await storageCall('listing facts', () =>
            client.send(command, { abortSignal: abortSignal(deadline, objectCallMilliseconds) }),
          );
          for (const { Key, LastModified } of page.Contents ?? []) {
            if (Key !== undefined && LastModified !== undefined) {
              found.push({ key: Key, writtenAt: LastModified.getTime() });
            }
          }
          token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
        } while (token !== undefined);
      }
      return found;
    },
    async remove(key, deadline) {
      await storageCall(`deleting ${key}`, () =>
        client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }), {
          abortSignal: abortSignal(deadline, objectCallMilliseconds),
        }),
      );
    },
  };
}
