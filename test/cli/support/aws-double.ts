import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import type { SignedRequest } from './signature';

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** CloudFormation and the API of a stack on one loopback port: what answers is set, and what came is kept. */
export interface AwsDouble {
  readonly url: string;
  /** Answers CloudFormation's DescribeStacks, by the name of the stack. */
  describe: (stack: string) => Answer;
  /** Answers of the API, the last of them for good. */
  answers: Answer[];
  /** What the API got. */
  readonly requests: SignedRequest[];
  close(): Promise<void>;
}

export async function startAwsDouble(): Promise<AwsDouble> {
  const server = createServer((request, response) => {
    void answerTo(request).then(({ status, body, headers = {} }) => response.writeHead(status, headers).end(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const double: AwsDouble = {
    url: `http://127.0.0.1:${port}`,
    describe: () => stackWith({ AdminUrl: `${double.url}/admin/v1` }),
    answers: [],
    requests: [],
    close: async () => void (await once(server.close(), 'close')),
  };
  async function answerTo(request: IncomingMessage): Promise<Answer> {
    const body = await text(request);
    if (request.url === '/') return double.describe(new URLSearchParams(body).get('StackName') ?? '');
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    double.requests.push({ method: request.method ?? '', target: request.url ?? '', headers, body });
    const [next = { status: 500, body: '' }, ...others] = double.answers;
    if (others.length > 0) double.answers = others;
    return next;
  }
  return double;
}

const xml = (inner: string): string => `<?xml version="1.0"?>${inner}`;
const namespace = 'xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"';

/** @param facts what CloudFormation tells of the stack beside its outputs */
export function stackWith(
  outputs: Readonly<Record<string, string>>,
  facts: Readonly<Record<string, string>> = {},
): Answer {
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  const told = Object.entries(facts).map(([name, value]) => `<${name}>${value}</${name}>`);
  const stack = `<member><StackName>any</StackName>${told.join('')}<CreationTime>2026-11-23T12:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${members.join('')}</Outputs></member>`;
  const result = `<DescribeStacksResult><Stacks>${stack}</Stacks></DescribeStacksResult>`;
  return { status: 200, body: xml(`<DescribeStacksResponse ${namespace}>${result}</DescribeStacksResponse>`) };
}

export function cloudFormationError(status: number, code: string, message: string): Answer {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, body: xml(`<ErrorResponse ${namespace}>${error}<RequestId>1</RequestId></ErrorResponse>`) };
}
