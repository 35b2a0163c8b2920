import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Two attempts: what the first one loses to a broken connection the second saves, and there is time left for the queue. */
const attemptsBeforeTheQueue = 2;
const connectMilliseconds = 500;

/** One client a function, made outside the handler so that its connections outlive a request. */
export function dynamoDbClient(attempts = attemptsBeforeTheQueue): DynamoDBClient {
  const client = new DynamoDBClient({
    maxAttempts: attempts,
    requestHandler: { connectionTimeout: connectMilliseconds, httpsAgent: { keepAlive: true, maxSockets: 64 } },
  });
  // It prepares input and output of every call for a logger, also where there is none.
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}
