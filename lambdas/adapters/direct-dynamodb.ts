import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { readDynamoDbAnswer, type DynamoDbAnswer } from './dynamodb-answer';
import { keepAlivePost } from './http-exchange';
import { createRequestSigner } from './request-signature';

/** A connection to DynamoDB without the SDK, configured by what the SDK resolved. */
export interface DirectWay {
  /** Sends one request, once. Rejects if no answer comes. */
  post(operation: string, body: string, signal: AbortSignal | undefined): Promise<DynamoDbAnswer>;
  /** Waits before another attempt as the SDK does; rejects if the quota of retries is used up, as in an outage. */
  waitToRetry(isThrottled: boolean): Promise<RetryToken>;
  /** Returns the quota of a retry, or a small amount, as the SDK does. */
  recordSuccess(retried?: RetryToken): void;
}

type RetryStrategy = Extract<
  Awaited<ReturnType<DynamoDBClient['config']['retryStrategy']>>,
  { acquireInitialRetryToken: unknown }
>;
export type RetryToken = Awaited<ReturnType<RetryStrategy['refreshRetryTokenForRetry']>>;

const sentRequest = v.object({
  protocol: v.picklist(['http:', 'https:']),
  hostname: v.string(),
  port: v.optional(v.number()),
  path: v.literal('/'),
  headers: v.looseObject({ host: v.string(), 'user-agent': v.optional(v.string(), '') }),
});

/** Observes the first request of the SDK and takes over its endpoint, region, credentials and retry strategy. */
export function learnDirectWay(client: DynamoDBClient, connectMilliseconds: number): () => DirectWay | undefined {
  let way: DirectWay | undefined;
  client.middlewareStack.add(
    (next) => async (args) => {
      const { request }: { readonly request?: unknown } = args;
      way ??= await wayOf(client, request, connectMilliseconds);
      return next(args);
    },
    { step: 'deserialize', priority: 'low', name: 'learnDirectWay' },
  );
  return () => way;
}

async function wayOf(
  { config }: DynamoDBClient,
  request: unknown,
  connectMilliseconds: number,
): Promise<DirectWay | undefined> {
  const sent = v.safeParse(sentRequest, request);
  const strategy = await config.retryStrategy();
  if (!sent.success || !('acquireInitialRetryToken' in strategy)) return undefined;
  const { protocol, hostname, port, headers } = sent.output;
  const { host, 'user-agent': userAgent } = headers;
  const sign = createRequestSigner(await config.region(), 'dynamodb');
  const post = keepAlivePost({ protocol, hostname, port }, connectMilliseconds);
  const unspent = await strategy.acquireInitialRetryToken('');
  return {
    async post(operation, body, signal) {
      const one = { host, target: `DynamoDB_20120810.${operation}`, body };
      const signed = sign(one, await config.credentials(), new Date());
      const length = String(Buffer.byteLength(body));
      return readDynamoDbAnswer(
        await post({ ...signed, 'user-agent': userAgent, 'content-length': length }, body, signal),
      );
    },
    waitToRetry: (isThrottled) =>
      strategy.refreshRetryTokenForRetry(unspent, { errorType: isThrottled ? 'THROTTLING' : 'TRANSIENT' }),
    recordSuccess: (retried) => strategy.recordSuccess(retried ?? unspent),
  };
}
