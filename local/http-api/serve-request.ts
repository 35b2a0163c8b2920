import type { IncomingMessage } from 'node:http';
import { foreignCallerOf, readRequestBody } from '../../console/server/loopback';
import type { FunctionPool } from '../lambda/function-pool';
import type { ApiModel, RouteModel } from '../template/model';
import type { Terminal } from '../terminal';
import { buildEvent, newRequestId, splitTarget } from './build-event';
import { errorResult, type HttpResult, jsonResult, readResult } from './read-result';
import { selectRoute } from './select-route';

// "Quotas for HTTP APIs": https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
const headerLimitBytes = 10_240;
const bodyLimitBytes = 10 * 1024 * 1024;
/** Lambda's limit for the JSON of an event. */
const eventLimitBytes = 6 * 1024 * 1024;

export interface ApiParts {
  readonly api: ApiModel;
  readonly pools: ReadonlyMap<string, FunctionPool>;
  readonly terminal: Terminal;
}

export interface ServedRequest {
  readonly requestId: string;
  readonly result: HttpResult;
}

/** Responds to one request as API Gateway does: limits, route, permission, function, response. */
export async function serveRequest(request: IncomingMessage, parts: ApiParts): Promise<ServedRequest> {
  const requestId = newRequestId();
  return { requestId, result: await answer(request, requestId, parts) };
}

async function answer(request: IncomingMessage, requestId: string, parts: ApiParts): Promise<HttpResult> {
  const { api, terminal } = parts;
  const target = request.url ?? '/';
  const method = request.method ?? 'GET';
  if (sizeOfHead(request) > headerLimitBytes) return errorResult(431, 'Request Header Fields Too Large');
  const { path } = splitTarget(target);
  const selection = selectRoute(api.routes, method, pathInStage(path, api.stageName));
  // Signatures are not verified here, so that a signed route must stay closed to web pages and tunnels.
  const foreign = selection?.route.iamAuthorized === true ? foreignCallerOf(request) : undefined;
  if (foreign !== undefined) return jsonResult(403, foreign);
  const body = await readRequestBody(request, bodyLimitBytes);
  if (body === undefined) return errorResult(413, 'Request Entity Too Large');
  if (selection === undefined) return errorResult(404, 'Not Found');
  const { route, pathParameters } = selection;
  const pool = parts.pools.get(route.function.logicalId);
  if (!route.permitted || pool === undefined) {
    terminal.problem(
      `${route.routeKey} answers 500: no AWS::Lambda::Permission lets apigateway.amazonaws.com invoke ${route.function.label} for this route.`,
    );
    return errorResult(500, 'Internal Server Error');
  }
  const received = {
    method,
    target,
    rawHeaders: request.rawHeaders,
    body,
    httpVersion: request.httpVersion,
    sourceIp: request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '127.0.0.1',
  };
  const context = { route, pathParameters, apiId: api.apiId, stageName: api.stageName, requestId, now: new Date() };
  const event = buildEvent(received, context);
  if (body.length > eventLimitBytes / 2 && JSON.stringify(event).length > eventLimitBytes) {
    return errorResult(413, 'Request Entity Too Large');
  }
  return invoke(pool, route, event, terminal);
}

async function invoke(
  pool: FunctionPool,
  route: RouteModel,
  event: Record<string, unknown>,
  terminal: Terminal,
): Promise<HttpResult> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<'too late'>((resolve) => {
    timer = setTimeout(() => resolve('too late'), route.timeoutMilliseconds);
  });
  const outcome = await Promise.race([pool.invoke(event), tooLate]);
  clearTimeout(timer);
  if (outcome === 'too late') {
    // The function continues to run, as on AWS.
    terminal.problem(
      `${route.routeKey} answers 503: ${route.function.label} took longer than ${route.timeoutMilliseconds} ms.`,
    );
    return errorResult(503, 'Service Unavailable');
  }
  const result = outcome.failed ? undefined : readResult(outcome.payload);
  if (result === undefined && !outcome.failed) {
    terminal.problem(`${route.routeKey} answers 500: ${route.function.label} returned a malformed response.`);
  }
  return result ?? errorResult(500, 'Internal Server Error');
}

/** A stage other than `$default` is the first segment of the path. */
function pathInStage(path: string, stageName: string): string {
  if (stageName === '$default') return path;
  return path === `/${stageName}` ? '/' : path.startsWith(`/${stageName}/`) ? path.slice(stageName.length + 1) : '';
}

/** Size of request line and headers in bytes, as received. */
function sizeOfHead(request: IncomingMessage): number {
  const line = `${request.method ?? ''} ${request.url ?? ''} HTTP/1.1\r\n`.length;
  return request.rawHeaders.reduce((size, text) => size + Buffer.byteLength(text, 'latin1') + 2, line);
}
