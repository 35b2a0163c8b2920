import { S3Client } from '@aws-sdk/client-s3';

/** Creates a client of S3, or of the local stack, where a bucket has no host name. */
export function s3Client(attempts = 3): S3Client {
  const isElsewhere = ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'].some((name) => Boolean(process.env[name]));
  return new S3Client({
    maxAttempts: attempts,
    forcePathStyle: isElsewhere,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}
