import { SQSClient } from '@aws-sdk/client-sqs';

/** The client of every queue: a request that waits for its answer has time for two attempts. */
export function sqsClient(): SQSClient {
  return new SQSClient({ maxAttempts: 2, requestHandler: { connectionTimeout: 500 } });
}
