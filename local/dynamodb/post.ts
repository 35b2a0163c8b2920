import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import { region } from '../account';
import { HttpMessageReader } from '../http-message';

export interface PostAnswer {
  readonly status: number;
  readonly body: string;
}

/** Sends one operation of DynamoDB's JSON protocol. Rejects if no answer comes. */
export interface Post {
  (operation: string, body: string): Promise<PostAnswer>;
  /** Closes the connections. */
  close(): void;
}

/** Streams are a separate API on the same endpoint. */
const streamOperations: readonly string[] = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];

/**
 * Local servers require a well-formed signature and do not verify it. All requests share one, since some servers keep one database per
 * access key.
 */
const headersOf = (operation: string): Readonly<Record<string, string>> => ({
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': `${streamOperations.includes(operation) ? 'DynamoDBStreams' : 'DynamoDB'}_20120810.${operation}`,
  authorization: `AWS4-HMAC-SHA256 Credential=RUNNER/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
  'x-amz-date': '20260101T000000Z',
});

/** Connects to any server. `fetch` rejects the ports that web pages cannot reach. */
export function postTo(endpoint: string): Post {
  const url = new URL(endpoint);
  const secure = url.protocol === 'https:';
  const agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const request = secure ? httpsRequest : httpRequest;
  const post = (operation: string, body: string): Promise<PostAnswer> =>
    new Promise((resolve, reject) => {
      const headers = { ...headersOf(operation), 'content-length': String(Buffer.byteLength(body)) };
      const outgoing = request(url, { method: 'POST', agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 502, body: Buffer.concat(chunks).toString() }),
        );
        response.on('error', reject);
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  return Object.assign(post, { close: () => agent.destroy() });
}

interface Connection {
  readonly socket: Socket;
  waiting: { resolve(answer: PostAnswer): void; reject(error: unknown): void } | undefined;
}

/** Connects to this stack's dynoxide, which every request passes: one write and one read each, on connections that stay open. */
export function postToDynoxide(host: string, port: number): Post {
  const idle: Connection[] = [];
  const open = new Set<Connection>();
  const heads = new Map<string, string>();
  const headOf = (operation: string): string => {
    let head = heads.get(operation);
    if (head === undefined) {
      const lines = Object.entries(headersOf(operation)).map(([name, value]) => `${name}: ${value}\r\n`);
      head = `POST / HTTP/1.1\r\nhost: ${host}:${port}\r\n${lines.join('')}content-length: `;
      heads.set(operation, head);
    }
    return head;
  };
  const connectNew = (): Connection => {
    const connection: Connection = { socket: connect({ host, port, noDelay: true }), waiting: undefined };
    open.add(connection);
    const { socket } = connection;
    const reader = new HttpMessageReader(({ startLine, body }) => {
      const { waiting } = connection;
      connection.waiting = undefined;
      idle.push(connection);
      waiting?.resolve({ status: Number(startLine.split(' ')[1] ?? 502), body: body?.toString() ?? '' });
    });
    const end = (error: unknown): void => {
      open.delete(connection);
      const index = idle.indexOf(connection);
      if (index >= 0) idle.splice(index, 1);
      connection.waiting?.reject(error);
      connection.waiting = undefined;
      socket.destroy();
    };
    socket.on('data', (chunk: Buffer) => {
      try {
        reader.take(chunk);
      } catch (error) {
        end(error);
      }
    });
    socket.on('error', end);
    socket.on('close', () => end(new Error('dynoxide closed the connection')));
    return connection;
  };
  const post = (operation: string, body: string): Promise<PostAnswer> =>
    new Promise((resolve, reject) => {
      const connection = idle.pop() ?? connectNew();
      connection.waiting = { resolve, reject };
      connection.socket.write(`${headOf(operation)}${Buffer.byteLength(body)}\r\n\r\n${body}`);
    });
  return Object.assign(post, { close: () => open.forEach(({ socket }) => socket.destroy()) });
}
