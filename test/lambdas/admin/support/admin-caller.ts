import type { Answer } from '../../../../lambdas/admin/http/answer';
import type { AdminEvent } from '../../../../lambdas/admin/http/request';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body's fields; empty where the body is no JSON. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly cursor: string | undefined;
}

export interface CallOptions {
  readonly body?: unknown;
  /** The body as it goes over the wire, where it is to be wrong. */
  readonly text?: string;
  readonly base64?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly author?: string;
}

export type AdminCaller = (method: string, path: string, options?: CallOptions) => Promise<Reply>;

/** Calls the admin API as API Gateway does: `/campaigns?limit=1` is what follows `/admin/v1`. */
export function adminCaller(serve: (event: AdminEvent) => Promise<Answer>): AdminCaller {
  return async (method, path, options = {}) => replyOf(await serve(eventOf(method, path, options)));
}

export function eventOf(method: string, path: string, options: CallOptions = {}): AdminEvent {
  const [rawPath = '', rawQueryString = ''] = `/admin/v1${path}`.split('?');
  const text = options.text ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  const body = options.base64 === true && text !== undefined ? Buffer.from(text).toString('base64') : text;
  return {
    version: '2.0',
    routeKey: 'ANY /admin/v1/{proxy+}',
    rawPath,
    rawQueryString,
    headers: {
      host: 'tracker.example',
      'x-forwarded-proto': 'https',
      ...((method === 'PUT' || method === 'POST') && { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(body !== undefined && { body }),
    isBase64Encoded: options.base64 === true,
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'api.execute-api.us-east-1.amazonaws.com',
      domainPrefix: 'api',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: 'request-1',
      routeKey: 'ANY /admin/v1/{proxy+}',
      stage: '$default',
      time: '23/Nov/2026:14:00:00 +0000',
      timeEpoch: Date.now(),
      ...(options.author !== undefined && { authorizer: { iam: { userArn: options.author } } }),
    },
  };
}

function replyOf(answer: Answer): Reply {
  const text = answer.body ?? '';
  const isJson = String(answer.headers?.['content-type']).startsWith('application/json');
  const body = isJson ? record(JSON.parse(text)) : {};
  const { items, cursor } = body;
  return {
    status: answer.statusCode ?? 0,
    headers: Object.fromEntries(Object.entries(answer.headers ?? {}).map(([name, value]) => [name, String(value)])),
    text,
    body,
    items: Array.isArray(items) ? items.map(record) : [],
    cursor: typeof cursor === 'string' ? cursor : undefined,
  };
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new Error(`${String(value)} is no object`);
  return { ...value };
}
