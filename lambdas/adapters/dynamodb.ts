import { randomUUID } from 'node:crypto';
import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { learnDirectWay, type DirectWay, type RetryToken } from './direct-dynamodb';
import { abortError } from './http-exchange';

/** Two attempts: the second covers a broken connection and leaves time to queue. */
const attemptsBeforeTheQueue = 2;
const connectMilliseconds = 500;

/**
 * Creates one client per function, outside the handler, so that its connections outlive a request. The SDK sends the first call; later
 * ones bypass it, for a seventh of its CPU. Failures other than conditions go back to the SDK with the remaining attempts.
 */
export function dynamoDbClient(attempts = attemptsBeforeTheQueue): DynamoDBClient {
  const client = sdkClient(attempts);
  const first = client.send.bind(client);
  const way = learnDirectWay(client, connectMilliseconds);
  let later: DynamoDBClient | undefined;
  return Object.assign(client, {
    async send(command: AnyCommand, options?: CallOptions): Promise<unknown> {
      const direct = way();
      if (direct === undefined) return first(command, options);
      const signal = options?.abortSignal;
      if (signal?.aborted) throw abortError();
      // The SDK gives each call a new token, and the second attempt must repeat that of the first.
      if (command instanceof TransactWriteItemsCommand) command.input.ClientRequestToken ??= randomUUID();
      const answer = await direct
        .post(operationOf(command), JSON.stringify(command.input), signal)
        .catch((error: unknown) => ({ outcome: 'failed', error }) as const);
      if (answer.outcome === 'done') {
        direct.recordSuccess();
        return answer.output;
      }
      if (answer.outcome === 'rejected') throw answer.error;
      const token = await mayRetry(direct, answer.error, signal);
      later ??= sdkClient(Math.max(1, attempts - 1));
      const output: unknown = await later.send(command, options);
      direct.recordSuccess(token);
      return output;
    },
  });
}

type AnyCommand = Parameters<DynamoDBClient['send']>[0];
interface CallOptions {
  readonly abortSignal?: AbortSignal;
}

function sdkClient(attempts: number): DynamoDBClient {
  const client = new DynamoDBClient({
    maxAttempts: attempts,
    requestHandler: { connectionTimeout: connectMilliseconds, httpsAgent: { keepAlive: true, maxSockets: 64 } },
  });
  // It prepares input and output of every call for a logger, even without one.
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}

/** The schema of a command begins with its kind and namespace: `[9, 'com.amazonaws.dynamodb', 'PutItem', …]`. */
const namedSchema = v.looseTuple([v.number(), v.string(), v.string()]);
const operationOf = ({ schema }: AnyCommand): string => v.parse(namedSchema, schema)[2];

/** Waits for another attempt. Throws the first failure if there is none left, or the abortion. */
async function mayRetry(direct: DirectWay, error: unknown, signal: AbortSignal | undefined): Promise<RetryToken> {
  if (signal?.aborted) throw abortError();
  const isThrottled = error instanceof Error && /Throttl|ThroughputExceeded|RequestLimit/.test(error.name);
  const waiting = direct.waitToRetry(isThrottled).catch(() => {
    throw error;
  });
  if (signal === undefined) return waiting;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(abortError());
    signal.addEventListener('abort', abort, { once: true });
    waiting.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
