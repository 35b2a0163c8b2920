import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { isConsoleRequest, type Console } from '../../console/server/console';
import { isControlRequest, serveControl, type ControlParts } from '../control/serve-control';
import { messageOf } from '../failure';
import { type ApiParts, serveRequest, type ServedRequest } from './serve-request';

/** Above API Gateway's limit, so that our code sends the response; Node rejects larger headers. */
const nodeHeaderLimitBytes = 64 * 1024;

/** Longer than clients keep an idle connection, so that the client closes it and no request is cut off. */
const keepAliveMilliseconds = 75_000;

/** Services of the public port beside the HTTP API. */
export interface PublicParts {
  readonly api: ApiParts;
  readonly control: ControlParts;
  /** Absent where the stack is not a tracker. */
  readonly console?: Console | undefined;
}

/** Opens the public port: the HTTP API, the console, and the runner's routes under `/_local/`. */
export function createPublicServer(parts: PublicParts): Server {
  const { api } = parts;
  const server = createServer({ maxHeaderSize: nodeHeaderLimitBytes }, (request, response) => {
    response.on('error', () => undefined);
    request.on('error', () => undefined);
    serve(request, response, parts).catch((error: unknown) => {
      // Usually a client that disconnected while sending.
      if (!request.destroyed) api.terminal.problem(`A request could not be served: ${messageOf(error)}`);
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      response.end('{"message":"Internal Server Error"}');
    });
  });
  server.on('clientError', answerMalformed);
  server.keepAliveTimeout = keepAliveMilliseconds;
  return server;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { api, control, console }: PublicParts,
): Promise<void> {
  if (isControlRequest(request)) return serveControl(request, response, control);
  if (console !== undefined && isConsoleRequest(request)) return console.serve(request, response);
  send(request, response, await serveRequest(request, api));
}

/** Writes head and body together. */
function send(request: IncomingMessage, response: ServerResponse, { requestId, result }: ServedRequest): void {
  const { statusCode, headers, body } = result;
  const sent: (readonly [string, string])[] = [...headers, ['apigw-requestid', requestId]];
  // 1xx, 204 and 304 responses must not announce a body.
  if (statusCode >= 200 && statusCode !== 204 && statusCode !== 304) {
    sent.push(['content-length', String(Buffer.byteLength(body))]);
  }
  // The rest of an oversized body may still arrive: the connection cannot carry another request.
  if (!request.complete) sent.push(['connection', 'close']);
  response.writeHead(statusCode, sent.flat());
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Responds with API Gateway's status to a request that Node's parser rejects. */
function answerMalformed(error: Error, socket: Socket): void {
  if (!socket.writable) return void socket.destroy();
  const tooLong = 'code' in error && error.code === 'HPE_HEADER_OVERFLOW';
  const [status, message] = tooLong ? ['431', 'Request Header Fields Too Large'] : ['400', 'Bad Request'];
  const body = JSON.stringify({ message });
  socket.end(
    `HTTP/1.1 ${status} ${message}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  );
}
