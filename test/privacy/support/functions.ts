import type * as adminServicesModule from '../../../lambdas/admin/http/services';
import type * as adminApiModule from '../../../lambdas/admin/admin-api';
import type * as retryFunctionModule from '../../../lambdas/retry/handler';
import type * as postbackFunctionModule from '../../../lambdas/postback/handler';
import type * as clickFunctionModule from '../../../lambdas/click/handler';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, SQSEvent } from 'aws-lambda';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { QueuedMessage } from './wire';

/** What a client asks, and from where. */
export interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly sourceIp?: string;
  readonly at?: number;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The real handlers, loaded once the environment names what they work on. */
export interface Functions {
  click(asked: Asked): Promise<Answered>;
  postback(asked: Asked): Promise<Answered>;
  retry(messages: readonly QueuedMessage[], deliveries?: number): Promise<void>;
  admin(method: string, path: string, body?: unknown): Promise<Answered>;
}

const context = { getRemainingTimeInMillis: () => 12_000 };

/** Loads them anew, with nothing in memory, as a new execution environment would. */
export function loadFunctions(): Functions {
  jest.resetModules();
  const click = jest.requireActual<typeof clickFunctionModule>('../../../lambdas/click/handler');
  const postback = jest.requireActual<typeof postbackFunctionModule>('../../../lambdas/postback/handler');
  const retry = jest.requireActual<typeof retryFunctionModule>('../../../lambdas/retry/handler');
  const { adminApi } = jest.requireActual<typeof adminApiModule>('../../../lambdas/admin/admin-api');
  const { servicesFromEnvironment } = jest.requireActual<typeof adminServicesModule>(
    '../../../lambdas/admin/http/services',
  );
  const admin = adminApi(servicesFromEnvironment(new DynamoDBClient()));
  return {
    click: async (asked) => answered(await click.handler(eventOf(asked), context)),
    postback: async (asked) => answered(await postback.handler(eventOf(asked), context)),
    async retry(messages, deliveries = 1) {
      await retry.handler(sqsEvent(messages, deliveries), { getRemainingTimeInMillis: () => 30_000 });
    },
    async admin(method, path, body) {
      const [rawPath = '', query = ''] = `/admin/v1${path}`.split('?');
      const event = eventOf({
        method,
        path: rawPath,
        query,
        headers: { 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return answered(await admin(event));
    },
  };
}

function answered({ statusCode = 0, headers = {}, body = '' }: APIGatewayProxyStructuredResultV2): Answered {
  return {
    status: statusCode,
    body,
    headers: Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, String(v)])),
  };
}

function eventOf(asked: Asked): APIGatewayProxyEventV2 {
  const { method = 'GET', path, query = '', headers = {}, body, sourceIp = '192.0.2.1', at = Date.now() } = asked;
  const [, first = '', second] = path.split('/');
  const parameter = first === 'c' ? 'campaign' : 'integration';
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: query,
    headers: { host: 'go.example', 'user-agent': 'sender/1.0', ...headers },
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'go.example',
      domainPrefix: 'go',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: headers['user-agent'] ?? 'sender/1.0' },
      requestId: 'request-1',
      routeKey: `${method} ${path}`,
      stage: '$default',
      time: '23/Nov/2026:12:00:00 +0000',
      timeEpoch: at,
    },
    ...(second !== undefined && first !== 'admin' && { pathParameters: { [parameter]: second } }),
    ...(body !== undefined && { body }),
    isBase64Encoded: false,
  };
}

const halfHour = 30 * 60 * 1000;

/** Messages that came back every half an hour, as often as this. */
function sqsEvent(messages: readonly QueuedMessage[], deliveries: number): SQSEvent {
  return {
    Records: messages.map(({ body }, index) => ({
      messageId: `message-${index}`,
      receiptHandle: `receipt-${index}`,
      body,
      attributes: {
        ApproximateReceiveCount: String(deliveries),
        SentTimestamp: String(Date.now() - (deliveries - 1) * halfHour),
        SenderId: 'tracker',
        ApproximateFirstReceiveTimestamp: String(Date.now()),
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:retry',
      awsRegion: 'us-east-1',
    })),
  };
}

/** The click ID in the address that a visitor was sent to. */
export function clickIdIn({ headers }: Answered): string {
  const id = new URL(headers['location'] ?? '').searchParams.get('sub') ?? '';
  if (!/^[0-9a-z]{32}$/.test(id)) throw new Error(`"${id}" is no click ID`);
  return id;
}
