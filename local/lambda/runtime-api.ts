import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGuardedServer, listenOnLoopback, readBody } from '../../console/server/loopback';
import { clockAhead } from '../clock';

/** One invocation on its way to an environment. */
export interface PendingInvocation {
  readonly requestId: string;
  readonly payload: string;
  readonly functionArn: string;
}

export interface RuntimeEvents {
  /** The runtime has taken the invocation: from now on its time runs. Returns its deadline in Unix milliseconds. */
  onTaken(requestId: string): number;
  onResponse(requestId: string, payload: Buffer | undefined): void;
  onError(requestId: string, payload: string): void;
  onInitError(payload: string): void;
}

export interface RuntimeApi {
  /** `host:port`, as AWS_LAMBDA_RUNTIME_API carries it. */
  readonly address: string;
  deliver(invocation: PendingInvocation): void;
  close(): Promise<void>;
}

/** Lambda answers at most this much: 6 MB, "Invocation payload", https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const payloadLimitBytes = 6 * 1024 * 1024;

/**
 * The Lambda Runtime API for one execution environment. Each has a port of its own, since the address that the API
 * gives a runtime is a host and a port, without a path.
 */
export async function listenRuntimeApi(events: RuntimeEvents): Promise<RuntimeApi> {
  let waiting: ServerResponse | undefined;
  let pending: PendingInvocation | undefined;
  const hand = (): void => {
    if (waiting === undefined || pending === undefined) return;
    const { requestId, payload, functionArn } = pending;
    waiting.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': requestId,
      'lambda-runtime-deadline-ms': String(events.onTaken(requestId)),
      'lambda-runtime-invoked-function-arn': functionArn,
      ...(clockAhead() > 0 && { 'local-clock-ahead-ms': String(clockAhead()) }),
    });
    waiting.end(payload);
    waiting = pending = undefined;
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '';
    if (request.method === 'GET' && path.endsWith('/runtime/invocation/next')) {
      waiting = response;
      return hand();
    }
    const body = await readBody(request, payloadLimitBytes);
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
    const [, requestId, outcome] = /\/runtime\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    if (path.endsWith('/runtime/init/error')) events.onInitError(body?.toString() ?? '{}');
    else if (requestId !== undefined && outcome === 'response') events.onResponse(requestId, body);
    else if (requestId !== undefined) events.onError(requestId, body?.toString() ?? '{}');
  };
  const server = createGuardedServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  // An idle environment waits in `next` for minutes.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 0;
  const { url, close } = await listenOnLoopback(server, 0);
  return {
    address: url.replace('http://', ''),
    deliver(invocation) {
      pending = invocation;
      hand();
    },
    close,
  };
}
