import { partition } from '../account';

/** Bucket names are the world's: their ARNs carry neither Region nor account. */
export function bucketArn(name: string): string {
  return `arn:${partition}:s3:::${name}`;
}
