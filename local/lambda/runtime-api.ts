import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createGuardedServer, listenOnLoopback, readRequestBody } from '../../console/server/loopback';
import { clockAhead } from '../clock';
import { HttpMessageReader } from '../http-message';

/** One invocation on its way to an environment. */
export interface PendingInvocation {
  readonly requestId: string;
  readonly payload: string;
  readonly functionArn: string;
}

export interface RuntimeEvents {
  /** Called when the runtime has taken the invocation and its time starts. Returns its deadline in Unix milliseconds. */
  onTaken(requestId: string): number;
  onResponse(requestId: string, payload: Buffer | undefined): void;
  onError(requestId: string, payload: string): void;
  onInitError(payload: string): void;
}

export interface RuntimeApi {
  /** `host:port`, as AWS_LAMBDA_RUNTIME_API carries it. */
  readonly address: string;
  deliver(invocation: PendingInvocation): void;
  /** Serves the same API on the one connection of a runtime that this stack started. */
  serve(channel: Duplex): void;
  close(): Promise<void>;
}

/** Lambda answers at most this much: 6 MB, "Invocation payload", https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const payloadLimitBytes = 6 * 1024 * 1024;

const nextPath = '/runtime/invocation/next';
const taken = { status: 202, headers: { 'content-type': 'application/json' }, body: '{"status":"OK"}' } as const;

interface RuntimeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The Lambda Runtime API for one execution environment. Each has a separate port: the API's address for a runtime is a host and a port,
 * without a path.
 */
export async function listenRuntimeApi(events: RuntimeEvents): Promise<RuntimeApi> {
  let waiting: ((answer: RuntimeAnswer) => void) | undefined;
  let pending: PendingInvocation | undefined;
  const hand = (): void => {
    if (waiting === undefined || pending === undefined) return;
    const answer = waiting;
    const { requestId, payload, functionArn } = pending;
    waiting = pending = undefined;
    const headers = {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': requestId,
      'lambda-runtime-deadline-ms': String(events.onTaken(requestId)),
      'lambda-runtime-invoked-function-arn': functionArn,
      ...(clockAhead() > 0 && { 'local-clock-ahead-ms': String(clockAhead()) }),
    };
    answer({ status: 200, headers, body: payload });
  };
  const next = (answer: (given: RuntimeAnswer) => void): void => {
    waiting = answer;
    hand();
  };
  const report = (path: string, body: Buffer | undefined): void => {
    const [, requestId, outcome] = /\/runtime\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    if (path.endsWith('/runtime/init/error')) events.onInitError(body?.toString() ?? '{}');
    else if (requestId !== undefined && outcome === 'response') events.onResponse(requestId, body);
    else if (requestId !== undefined) events.onError(requestId, body?.toString() ?? '{}');
  };

  const serveRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '';
    const answer = ({ status, headers, body }: RuntimeAnswer): void =>
      void response.writeHead(status, headers).end(body);
    if (request.method === 'GET' && path.endsWith(nextPath)) return next(answer);
    const body = await readRequestBody(request, payloadLimitBytes);
    answer(taken);
    report(path, body);
  };
  const server = createGuardedServer((request, response) => {
    serveRequest(request, response).catch(() => response.destroy());
  });
  // An idle environment waits in `next` for minutes.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 0;
  const { url, close } = await listenOnLoopback(server, 0);

  /** A runtime that sends its result and the next request in one write gets both responses in one write. */
  const serve = (channel: Duplex): void => {
    let owed = '';
    const write = (answer: RuntimeAnswer): void => {
      channel.write(owed + textOf(answer));
      owed = '';
    };
    const reader = new HttpMessageReader(({ startLine, body }) => {
      const [method, path = ''] = startLine.split(' ');
      if (method === 'GET' && path.endsWith(nextPath)) return next(write);
      owed += textOf(taken);
      report(path, body);
    }, payloadLimitBytes);
    channel.on('data', (chunk: Buffer) => {
      try {
        reader.take(chunk);
      } catch {
        return void channel.destroy();
      }
      if (owed === '' || waiting !== undefined) return;
      channel.write(owed);
      owed = '';
    });
    channel.on('error', () => undefined);
  };

  return {
    address: url.replace('http://', ''),
    deliver(invocation) {
      pending = invocation;
      hand();
    },
    serve,
    close,
  };
}

function textOf({ status, headers, body }: RuntimeAnswer): string {
  let head = `HTTP/1.1 ${status} \r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
  for (const name in headers) head += `${name}: ${headers[name] ?? ''}\r\n`;
  return `${head}\r\n${body}`;
}
