import { randomUUID } from 'node:crypto';
import { accountId } from '../account';
import type { RouteModel } from '../template/model';

/** A request as it came over the wire. */
export interface ReceivedRequest {
  readonly method: string;
  /** Raw request target, such as `/c/spring?source=mail`. */
  readonly target: string;
  /** Alternating names and values, as received. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly httpVersion: string;
  readonly sourceIp: string;
}

export interface EventContext {
  readonly route: RouteModel;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly apiId: string;
  readonly stageName: string;
  readonly requestId: string;
  readonly now: Date;
}

/**
 * The event of an HTTP API, payload format 2.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function buildEvent(request: ReceivedRequest, context: EventContext): Record<string, unknown> {
  const { route, pathParameters, apiId, stageName, requestId, now } = context;
  const { path, rawQueryString } = splitTarget(request.target);
  const { headers, cookies } = readHeaders(request.rawHeaders);
  // A compressed body is binary, whatever its type.
  const isText = headers['content-encoding'] === undefined && isTextType(headers['content-type']);
  const query = readQuery(rawQueryString);
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: path,
    rawQueryString,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers,
    ...(Object.keys(query).length > 0 ? { queryStringParameters: query } : {}),
    requestContext: {
      accountId,
      apiId,
      ...(route.iamAuthorized ? { authorizer: { iam: localIdentity } } : {}),
      domainName: headers['host'] ?? 'localhost',
      domainPrefix: (headers['host'] ?? 'localhost').split('.')[0],
      http: {
        method: request.method,
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: route.routeKey,
      stage: stageName,
      time: formatTime(now),
      timeEpoch: now.getTime(),
    },
    ...(Object.keys(pathParameters).length > 0 ? { pathParameters } : {}),
    ...(request.body.length > 0 ? { body: request.body.toString(isText ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: request.body.length > 0 && !isText,
  };
}

/** Routes with IAM authorization accept this machine as this user. */
const localIdentity = {
  accessKey: 'LOCAL',
  accountId,
  callerId: 'LOCAL',
  cognitoIdentity: null,
  principalOrgId: null,
  userArn: `arn:aws:iam::${accountId}:user/local`,
  userId: 'LOCAL',
};

/**
 * An HTTP API decodes the path, also `%2F`, and cuts it at a decoded `?`; the query string stays as received. (Measured on AWS by others:
 * middleapi/standard-server#93, aws-lambda-dotnet#1901.)
 */
export function splitTarget(target: string): { path: string; rawQueryString: string } {
  // A proxy's absolute form: `GET http://host/path`.
  const relative = /^https?:\/\/[^/?]*(.*)$/i.exec(target)?.[1] ?? target;
  const mark = relative.indexOf('?');
  const encoded = mark < 0 ? relative : relative.slice(0, mark);
  const decoded = decode(encoded).split('?')[0] ?? '';
  return { path: decoded === '' ? '/' : decoded, rawQueryString: mark < 0 ? '' : relative.slice(mark + 1) };
}

/** Lower-case names, with repeated ones joined by a comma; cookies go into a separate list. */
function readHeaders(rawHeaders: readonly string[]): { headers: Record<string, string>; cookies: string[] } {
  const headers: Record<string, string> = {};
  const cookies: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    if (name === 'cookie') cookies.push(...value.split(/;\s*/).filter((cookie) => cookie !== ''));
    else headers[name] = Object.hasOwn(headers, name) ? `${headers[name] ?? ''},${value}` : value;
  }
  return { headers, cookies };
}

/** Decoded values, with repeated ones joined by a comma: lossy, as on AWS. */
function readQuery(rawQueryString: string): Record<string, string> {
  const query = new Map<string, string>();
  for (const pair of rawQueryString.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decodeQuery(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? '' : decodeQuery(pair.slice(equals + 1));
    const before = query.get(name);
    query.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(query);
}

function decodeQuery(text: string): string {
  return decode(text.replaceAll('+', ' '));
}

/** Decodes well-formed percent signs and keeps the rest, so that no request can fail on them. */
function decode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}

/** Any other body is sent in base64, including forms and bodies without a type. */
function isTextType(contentType: string | undefined): boolean {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  return type.startsWith('text/') || /^application\/(json|xml|javascript)$/.test(type);
}

/** `dd/MMM/yyyy:HH:mm:ss +0000` */
function formatTime(now: Date): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(now.toUTCString()) ?? [];
  return `${day ?? ''}/${month ?? ''}/${year ?? ''}:${time ?? ''} +0000`;
}

/** Formats an ID like API Gateway's, such as `JKJaXmPLvHcESHA=`. */
export function newRequestId(): string {
  return `${Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64url').slice(0, 15)}=`;
}
