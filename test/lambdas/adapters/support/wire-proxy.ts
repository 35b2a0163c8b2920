import { once } from 'node:events';
import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { buffer } from 'node:stream/consumers';

/**
 * - `lose-answer`: the server does it, and the connection breaks before its answer comes
 * - `throttle`, `error`: the server never sees it; the answer is the one DynamoDB gives then
 * - `hang`: nobody ever answers
 */
export type Fault = 'lose-answer' | 'throttle' | 'error' | 'hang';

export interface FaultRule {
  readonly fault: Fault;
  readonly operation?: string;
  readonly table?: string;
  /** How many calls it lets pass first. */
  readonly after?: number;
  /** How many calls it hits then; without, all of them. */
  readonly times?: number;
}

export interface WireCall {
  readonly operation: string;
  readonly table: string;
}

/** Stands before a DynamoDB server: writes down every call that reaches it, and breaks those that a rule names. */
export interface WireProxy {
  readonly endpoint: string;
  /** `GetItem Config`, in the order in which they came. */
  calls(): readonly string[];
  forget(): void;
  break(rule: FaultRule): void;
  heal(): void;
  stop(): Promise<void>;
}

export async function startWireProxy(target: string): Promise<WireProxy> {
  let calls: WireCall[] = [];
  let rules: { rule: FaultRule; seen: number }[] = [];
  const agent = new Agent({ keepAlive: true });

  function faultOf(call: WireCall): Fault | undefined {
    for (const entry of rules) {
      const { rule } = entry;
      if ((rule.operation ?? call.operation) !== call.operation || (rule.table ?? call.table) !== call.table) continue;
      const passed = entry.seen - (rule.after ?? 0);
      entry.seen += 1;
      if (passed >= 0 && passed < (rule.times ?? Infinity)) return rule.fault;
    }
    return undefined;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const call = callOf(request, body.toString());
    calls.push(call);
    const fault = faultOf(call);
    switch (fault) {
      case 'throttle':
        return answer(response, 400, {
          __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException',
          message: 'the table is throttled',
        });
      case 'error':
        return answer(response, 500, {
          __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
          message: 'the table is broken',
        });
      case 'hang':
        return;
      case 'lose-answer':
      case undefined: {
        const { status, text } = await forward(target, agent, request, body);
        if (fault === 'lose-answer') return void request.socket.destroy();
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(text);
      }
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  return {
    endpoint: await listen(server),
    calls: () => calls.map(({ operation, table }) => `${operation} ${table}`),
    forget: () => (calls = []),
    break: (rule) => void rules.push({ rule, seen: 0 }),
    heal: () => (rules = []),
    async stop() {
      agent.destroy();
      await close(server);
    },
  };
}

function callOf(request: IncomingMessage, text: string): WireCall {
  const [, operation = ''] = String(request.headers['x-amz-target']).split('.');
  const tables = [...text.matchAll(/"TableName":"([^"]+)"/g)].map(([, name]) => name);
  return { operation, table: [...new Set(tables)].join('+') };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
}

function forward(
  target: string,
  agent: Agent,
  { headers }: IncomingMessage,
  body: Buffer,
): Promise<{ status: number; text: string }> {
  const { host: _host, connection: _connection, ...kept } = headers;
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(target, { method: 'POST', agent, headers: kept }, (incoming) => {
      buffer(incoming).then((bytes) => resolve({ status: incoming.statusCode ?? 502, text: bytes.toString() }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return `http://127.0.0.1:${address.port}`;
}

export async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
