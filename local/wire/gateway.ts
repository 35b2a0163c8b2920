import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGuardedServer, listenOnLoopback, readRequestBody } from '../../console/server/loopback';
import { messageOf } from '../failure';
import type { Terminal } from '../terminal';
import type { FunctionModel, StackModel } from '../template/model';
import { deniedAnswer, serviceError, expiredTokenAnswer, serverErrorAnswer, throttleAnswer } from './answers';
import type { WireAnswer } from './message';
import { type Directory, directoryOf, type WireResource } from './directory';
import type { FaultTable, WireFault } from './faults';
import type { Forwarder } from './forward';
import type { OperationCounter } from './operations';
import { readReceived, type WireRequest } from './request';

const bodyLimitBytes = 16 * 1024 * 1024;
/** Objects are larger than calls. S3 itself accepts up to 5 GB per request. */
const objectLimitBytes = 256 * 1024 * 1024;

export interface GatewayParts {
  readonly stack: StackModel;
  readonly forwarder: Forwarder;
  readonly faults: FaultTable;
  readonly operations: OperationCounter;
  readonly terminal: Terminal;
  /** Kills the execution environment that has this session token, like a crash. */
  killEnvironment(sessionToken: string): void;
}

/** Dependencies of every request, created once. */
type OpenParts = GatewayParts & { readonly directory: Directory };

export interface Gateway {
  readonly url: string;
  /** Starts serving. Queue URLs in the template need the port beforehand. */
  open(parts: GatewayParts): void;
  close(): Promise<void>;
}

/** The single endpoint of functions for DynamoDB, SQS, Secrets Manager, S3 and Athena: counts calls, checks policies, injects faults. */
export async function listenGateway(): Promise<Gateway> {
  let parts: OpenParts | undefined;
  const server = createGuardedServer((request, response) => {
    if (parts === undefined) return void response.writeHead(403).end();
    serve(request, response, parts).catch((error: unknown) => {
      parts?.terminal.problem(`The gateway could not serve a request: ${messageOf(error)}`);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  // The SDK keeps idle connections indefinitely; Node would close them after 5 s, perhaps under a request.
  server.keepAliveTimeout = 0;
  const { url, close } = await listenOnLoopback(server, 0);
  return {
    url,
    open: (given) => (parts = { ...given, directory: directoryOf(given.stack) }),
    close,
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, parts: OpenParts): Promise<void> {
  const { method = '', url = '', headers } = request;
  const bytes = await readRequestBody(
    request,
    headers['x-amz-target'] === undefined ? objectLimitBytes : bodyLimitBytes,
  );
  const read = bytes === undefined ? undefined : readReceived({ method, url, headers, bytes });
  if (read === undefined) return void response.writeHead(400).end('{"__type":"UnknownOperationException"}');
  const caller = parts.directory.callerOf(read.accessKeyId);
  const resources = parts.directory.resourcesOf(read);
  const outcome = await decide(read, caller, resources, parts);
  const failed = outcome.answer === undefined || outcome.answer.status >= 400;
  parts.operations.record(
    {
      service: read.service,
      operation: read.operation,
      target: resources.map(({ label }) => label).join('+'),
      function: caller?.label ?? 'unknown',
    },
    failed,
    outcome.capacityUnits,
  );
  if (outcome.answer !== undefined) send(response, outcome.answer);
  else if (outcome.lost === 'reset') request.socket.resetAndDestroy();
  else if (outcome.lost === 'refuse') request.socket.destroy();
  else if (outcome.lost === 'kill') {
    parts.killEnvironment(read.sessionToken ?? '');
    request.socket.destroy();
  }
  // 'hang': the connection stays open until the function times out.
}

interface Outcome {
  readonly answer?: WireAnswer;
  /** The end of a connection without an answer. */
  readonly lost?: 'reset' | 'refuse' | 'hang' | 'kill';
  readonly capacityUnits: number;
}

async function decide(
  read: WireRequest,
  caller: FunctionModel | undefined,
  resources: readonly WireResource[],
  parts: OpenParts,
): Promise<Outcome> {
  const { directory, terminal, faults, forwarder } = parts;
  if (caller === undefined) {
    const message = 'The security token included in the request is invalid.';
    return { answer: serviceError(read.service, 403, 'UnrecognizedClientException', message), capacityUnits: 0 };
  }
  const denial = directory.denialOf({ ...read, needs: forwarder.needsOf(read) }, caller);
  if (denial !== undefined) {
    terminal.problem(`${caller.label}: AccessDeniedException: ${denial}`);
    return { answer: deniedAnswer(read.service, denial), capacityUnits: 0 };
  }
  const fault = faults.isEmpty
    ? undefined
    : faults.take({
        request: read,
        functionNames: [caller.label, caller.logicalId, caller.name],
        targetNames: resources.flatMap(({ label, logicalId, name }) => [label, logicalId, name]),
      });
  if (fault?.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  const broken = fault === undefined ? undefined : breakInstead(fault, read);
  if (broken !== undefined) return broken;
  const forwarded = await forwarder.forward(read, caller).catch((error: unknown) => {
    terminal.problem(`${read.service} did not answer ${read.operation}: ${messageOf(error)}`);
    return { answer: serverErrorAnswer(read.service), capacityUnits: 0 };
  });
  if (fault?.kind === 'commit-then-reset') return { lost: 'reset', capacityUnits: forwarded.capacityUnits };
  if (fault?.kind === 'commit-then-kill') return { lost: 'kill', capacityUnits: forwarded.capacityUnits };
  return forwarded;
}

/** Returns the response of a fault; `undefined` where the request still goes to the service. */
function breakInstead({ kind }: WireFault, { service }: WireRequest): Outcome | undefined {
  switch (kind) {
    case 'throttle':
      return { answer: throttleAnswer(service), capacityUnits: 0 };
    case 'error500':
      return { answer: serverErrorAnswer(service), capacityUnits: 0 };
    case 'expired-token':
      return { answer: expiredTokenAnswer(service), capacityUnits: 0 };
    case 'reset':
    case 'refuse':
    case 'hang':
    case 'kill':
      return { lost: kind, capacityUnits: 0 };
    case 'delay':
    case 'commit-then-reset':
    case 'commit-then-kill':
      return undefined;
  }
}

/** Writes head and text body together. */
function send(response: ServerResponse, { status, contentType, body, headers }: WireAnswer): void {
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    'x-amzn-requestid': randomUUID(),
    ...headers,
  });
  response.end(body);
}
