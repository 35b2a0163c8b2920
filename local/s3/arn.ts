import { partition } from '../account';

/** Bucket names are global: their ARNs have neither Region nor account. */
export function bucketArn(name: string): string {
  return `arn:${partition}:s3:::${name}`;
}
