import type { APIGatewayEventRequestContextV2, APIGatewayProxyEventV2WithRequestContext } from 'aws-lambda';
import { deadlineAt, type Deadline } from '../../adapters/deadline';
import { optionalEnvironment } from '../../adapters/environment';
import { adminTimeoutSeconds } from '../../contract';
import { AdminError } from './answer';

/** A request as API Gateway hands it over after it checked the signature; a local front checks none and names nobody. */
export type AdminEvent = APIGatewayProxyEventV2WithRequestContext<
  APIGatewayEventRequestContextV2 & { readonly authorizer?: { readonly iam?: { readonly userArn?: string } } }
>;

export interface AdminRequest {
  readonly requestId: string;
  readonly method: string;
  /** The path after `/admin/v1/`, decoded. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  /** The body as text; empty where there is none. */
  readonly body: string;
  readonly contentType?: string;
  readonly ifMatch?: string;
  /** The signer of the request: an ARN, which for an assumed role ends in the session's name. */
  readonly author: string;
  readonly sourceIp: string;
  readonly userAgent?: string;
  /** The base of links and postbacks, `https://track.example.com`: the tracker's own name, or the host of the request without one. */
  readonly baseUrl: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly deadline: Deadline;
}

/** A request whose path matched a route, with the ID that the path names; empty where the route has none. */
export interface RoutedRequest extends AdminRequest {
  readonly id: string;
}

export const pathPrefix = '/admin/v1';

/** Time to say that storage failed, before Lambda ends the function without a word. */
const answerMilliseconds = 4000;

export function readRequest(event: AdminEvent): AdminRequest {
  const { http, requestId, authorizer } = event.requestContext;
  const now = Date.now();
  const contentType = header(event, 'content-type');
  const ifMatch = header(event, 'if-match');
  const userAgent = header(event, 'user-agent');
  return {
    requestId,
    method: http.method.toUpperCase(),
    segments: segmentsOf(event.rawPath),
    query: new URLSearchParams(event.rawQueryString),
    body: event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString() : (event.body ?? ''),
    ...(contentType !== undefined && { contentType }),
    ...(ifMatch !== undefined && { ifMatch }),
    author: authorizer?.iam?.userArn ?? 'unknown',
    sourceIp: http.sourceIp,
    ...(userAgent !== undefined && { userAgent }),
    baseUrl: baseUrlOf(event),
    now,
    deadline: deadlineAt(now + adminTimeoutSeconds * 1000 - answerMilliseconds),
  };
}

function segmentsOf(rawPath: string): readonly string[] {
  const path = rawPath.startsWith(pathPrefix) ? rawPath.slice(pathPrefix.length) : rawPath;
  try {
    return path
      .split('/')
      .filter((segment) => segment !== '')
      .map((segment) => decodeURIComponent(segment));
  } catch {
    throw new AdminError('PATH_INVALID', 'The path holds a "%" that is not followed by two hexadecimal digits.', {});
  }
}

/** A host on this very machine: its front asks for no signature. */
export const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/**
 * Returns the tracker's own name, except on one machine. Otherwise the host, which comes from the caller: only a plain host name and port
 * gets into a URL that people paste.
 */
function baseUrlOf(event: AdminEvent): string {
  const host = header(event, 'host') ?? '';
  const ownName = optionalEnvironment('publicUrl');
  if (ownName !== undefined && !loopback.test(host)) return ownName;
  const plain = /^(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/i.test(host);
  // API Gateway always names the protocol; a front on this machine that does not speaks plain HTTP.
  const forwarded = header(event, 'x-forwarded-proto') ?? (loopback.test(host) ? 'http' : 'https');
  const protocol = forwarded === 'http' ? 'http' : 'https';
  return `${protocol}://${plain ? host : event.requestContext.domainName}`;
}

/** API Gateway hands header names over in lower case; other fronts may not. */
function header(event: AdminEvent, name: string): string | undefined {
  return Object.entries(event.headers).find(([key]) => key.toLowerCase() === name)?.[1];
}
