import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { dynamoDbClient } from '../../../lambdas/adapters/dynamodb';
import { useEndpoint } from '../../storage/local-dynamodb';

interface Heard {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The SDK numbers its attempts. */
  readonly isSdk: boolean;
}
type Answer = (response: ServerResponse) => void;

const ok = (body: object): Answer => json(200, body);
const failure = (status: number, type: string, rest: object = {}): Answer =>
  json(status, { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'As told.', ...rest });
const broken: Answer = (response) => void response.socket?.destroy();
const silent: Answer = () => undefined;

function json(status: number, body: object): Answer {
  return (response) =>
    void response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
}

let heard: Heard[];
let answers: Answer[];
let client: DynamoDBClient;
const server = createServer((request, response) => void take(request, response));

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { 'x-amz-target': target = '', 'amz-sdk-request': attempt } = request.headers;
  heard.push({
    operation: String(target).replace(/^.*\./, ''),
    input: JSON.parse(Buffer.concat(chunks).toString()),
    isSdk: attempt !== undefined,
  });
  (answers.shift() ?? ok({}))(response);
}

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const key = { id: { S: 'one' } };
const read = () => new GetItemCommand({ TableName: 'clicks', Key: key });

/** A client that has sent its first call. */
beforeEach(async () => {
  heard = [];
  answers = [];
  const { port } = server.address() as AddressInfo;
  useEndpoint(`http://127.0.0.1:${port}`);
  client = dynamoDbClient();
  await client.send(read());
});
afterEach(() => client.destroy());

test('the SDK sends the first call, and those after it go the short way, with the same answers', async () => {
  const item = { ...key, amount: { N: '12.50' }, tags: { L: [{ S: 'ä €' }, { BOOL: true }, { NULL: true }] } };
  answers = [ok({ Item: item }), ok({ Item: item })];
  const direct = await client.send(read());
  const fresh = dynamoDbClient();
  const bySdk = await fresh.send(read());
  fresh.destroy();

  expect(heard.map(({ isSdk }) => isSdk)).toEqual([true, false, true]);
  expect(heard[1]).toEqual({ ...heard[2], isSdk: false });
  expect(direct.Item).toEqual(bySdk.Item);
  expect(direct.$metadata).toMatchObject({ httpStatusCode: 200, attempts: 1 });
});

test('a failed condition is reported with the existing row, after one request', async () => {
  answers = [failure(400, 'ConditionalCheckFailedException', { Item: key })];
  const command = new PutItemCommand({
    TableName: 'clicks',
    Item: key,
    ConditionExpression: 'attribute_not_exists(id)',
  });
  const error: unknown = await client.send(command).catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ name: 'ConditionalCheckFailedException', message: 'As told.', Item: key });
  expect(heard).toHaveLength(2);
});

test('a cancelled transaction is reported with its reasons', async () => {
  answers = [failure(400, 'TransactionCanceledException', { CancellationReasons: [{ Code: 'None' }] })];
  const error: unknown = await client
    .send(new TransactWriteItemsCommand({ TransactItems: [] }))
    .catch((one: unknown) => one);

  expect(error).toMatchObject({ name: 'TransactionCanceledException', CancellationReasons: [{ Code: 'None' }] });
});

test.each([
  ['a broken connection', broken],
  ['an answer that is no JSON', (response: ServerResponse) => void response.end('{"Item":')],
  ['an error of the server', failure(500, 'InternalServerError')],
  ['a throttle', failure(400, 'ProvisionedThroughputExceededException')],
])('after %s the SDK makes the second attempt', async (_, answer) => {
  answers = [answer, ok({ Item: key })];

  expect((await client.send(read())).Item).toEqual(key);
  expect(heard.map(({ isSdk }) => isSdk)).toEqual([true, false, true]);
});

test('there is no third attempt, and the last failure is reported', async () => {
  answers = [failure(500, 'InternalServerError'), failure(500, 'InternalServerError'), ok({})];

  await expect(client.send(read())).rejects.toMatchObject({ name: 'InternalServerError' });
  expect(heard).toHaveLength(3);
});

test('a second attempt at a transaction carries the token of the first, so that it counts once', async () => {
  answers = [broken, ok({})];
  await client.send(new TransactWriteItemsCommand({ TransactItems: [] }));
  const tokens = heard.slice(1).map(({ input }) => input['ClientRequestToken']);

  expect(tokens[0]).toEqual(expect.stringMatching(/^[\da-f-]{36}$/));
  expect(tokens[1]).toBe(tokens[0]);
});

test('a call whose time is over is aborted, and not tried again', async () => {
  answers = [silent];
  const controller = new AbortController();
  const call = client.send(read(), { abortSignal: controller.signal });
  while (heard.length < 2) await new Promise((resolve) => setImmediate(resolve));
  controller.abort();

  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  await expect(client.send(read(), { abortSignal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
  expect(heard).toHaveLength(2);
});
