import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTables, startLocalDynamoDb } from '../../storage/local-dynamodb';

/** One call of the functions to AWS, as it went out. */
export interface WireCall {
  readonly service: 'dynamodb' | 'sqs' | 'secrets';
  readonly operation: string;
  readonly table: string | undefined;
  readonly body: string;
}

export interface QueuedMessage {
  readonly queueUrl: string;
  readonly body: string;
}

/**
 * Everything that the functions of this process say to AWS goes through here and is written down: DynamoDB is a real server
 * behind it, the queue and the secret are as much as the functions use of them.
 */
export interface Wire {
  readonly calls: readonly WireCall[];
  readonly messages: readonly QueuedMessage[];
  /** The text of the master secret that the functions get from now on, as far as they ask again. */
  masterSecret: string;
  /** Tables that reject everything for now. */
  readonly brokenTables: Set<string>;
  forget(): void;
  stop(): Promise<void>;
}

interface Input {
  readonly TableName?: string;
  readonly QueueUrl?: string;
  readonly MessageBody?: string;
  readonly Entries?: readonly { readonly Id: string; readonly MessageBody: string }[];
}

export const firstMaster = { currentNumber: 1, current: 'the first master of these tests, forty letters' };

/** Starts it and points this process's SDK, and the environment of the functions, at it. */
export async function startWire(): Promise<Wire> {
  const database = await startLocalDynamoDb();
  const calls: WireCall[] = [];
  const messages: QueuedMessage[] = [];

  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const target = String(request.headers['x-amz-target']);
      const operation = target.split('.').at(-1) ?? '';
      const input = JSON.parse(body) as Input;
      const service = /dynamo/i.test(target) ? 'dynamodb' : /sqs/i.test(target) ? 'sqs' : 'secrets';
      calls.push({ service, operation, table: input.TableName, body });
      const answer =
        service === 'dynamodb'
          ? await ask(request.headers, body, input)
          : { status: 200, body: answerOf(operation, input) };
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(answer.body);
    });
  });

  async function ask(
    sent: IncomingHttpHeaders,
    body: string,
    { TableName = '' }: Input,
  ): Promise<{ status: number; body: string }> {
    if (wire.brokenTables.has(TableName)) {
      return { status: 500, body: JSON.stringify({ __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError' }) };
    }
    const names = ['x-amz-target', 'x-amz-date', 'content-type', 'authorization'];
    const headers = Object.fromEntries(names.map((name) => [name, String(sent[name])]));
    const answer = await fetch(database.endpoint, { method: 'POST', headers, body });
    return { status: answer.status, body: await answer.text() };
  }

  function answerOf(operation: string, { QueueUrl = '', MessageBody = '', Entries = [] }: Input): string {
    switch (operation) {
      case 'GetSecretValue':
        return JSON.stringify({ SecretString: wire.masterSecret });
      case 'SendMessage':
        return JSON.stringify(keep(QueueUrl, MessageBody));
      case 'SendMessageBatch':
        return JSON.stringify({
          Successful: Entries.map((entry) => ({ Id: entry.Id, ...keep(QueueUrl, entry.MessageBody) })),
        });
      default:
        return '{}';
    }
  }

  function keep(queueUrl: string, body: string): object {
    messages.push({ queueUrl, body });
    return { MessageId: randomUUID(), MD5OfMessageBody: createHash('md5').update(body).digest('hex') };
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  const endpoint = `http://127.0.0.1:${address.port}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ENDPOINT_URL_SQS: endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint,
    STAGE: 'test',
    RETRY_QUEUE_URL: `${endpoint}/000000000000/retry`,
    DEAD_LETTER_QUEUE_URL: `${endpoint}/000000000000/dead-letters`,
    MASTER_SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:master-abcdef',
    CONFIG_CACHE_SECONDS: '0',
    POSTBACK_LOG_RETENTION_DAYS: '90',
  });
  const wire: Wire = {
    calls,
    messages,
    masterSecret: JSON.stringify(firstMaster),
    brokenTables: new Set(),
    forget() {
      calls.length = 0;
      messages.length = 0;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      await database.stop();
    },
  };
  const client = new DynamoDBClient();
  try {
    await createTables(client);
    return wire;
  } catch (error) {
    await wire.stop();
    throw error;
  } finally {
    client.destroy();
  }
}
