import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { closedEnvironment } from '../../../../prove/closed-environment';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';

/** The SQS that the local stack runs, in a process of its own: it is an ES module, which a test runner does not load. */
const program = `
  import { buildApp } from 'fauxqs';
  const app = buildApp({ logger: false, defaultRegion: 'us-east-1' });
  await app.listen({ host: '127.0.0.1', port: 0 });
  console.log(app.server.address().port);
`;

export interface LocalQueues {
  readonly client: SQSClient;
  readonly retryQueueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** The bodies that wait in the retry queue; they stay. */
  waiting(): Promise<readonly string[]>;
  /** How many dead letters nobody has in hand. */
  visibleLetters(): Promise<number>;
  putDeadLetter(body: string, reason: string, firstFailedAt: number): Promise<void>;
  /** Has SQS itself move a message, as it does with one that kills the function each time. */
  wearOut(body: string): Promise<void>;
  empty(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it with our two queues, and points this process's SDK, and our functions' environment, at it. */
export async function startLocalQueues(): Promise<LocalQueues> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: path.join(__dirname, '..', '..', '..', '..'),
    env: closedEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const endpoint = `http://127.0.0.1:${await firstLine(child)}`;
  process.env['AWS_ENDPOINT_URL_SQS'] = endpoint;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SQSClient({ region: 'us-east-1', credentials });
  const urlOf = async (name: string, attributes: Record<string, string>): Promise<string> => {
    await client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
    return `${endpoint}/000000000000/${name}`;
  };
  const deadLetterQueueUrl = await urlOf('DeadLetterQueue', {});
  const deadLetterTargetArn = 'arn:aws:sqs:us-east-1:000000000000:DeadLetterQueue';
  const retryQueueUrl = await urlOf('RetryQueue', {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 }),
  });
  Object.assign(process.env, { RETRY_QUEUE_URL: retryQueueUrl, DEAD_LETTER_QUEUE_URL: deadLetterQueueUrl });

  const receive = (url: string) =>
    client.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }));
  return {
    client,
    retryQueueUrl,
    deadLetterQueueUrl,
    async waiting() {
      const { Messages = [] } = await receive(retryQueueUrl);
      return Messages.map(({ Body = '' }) => Body).sort();
    },
    async visibleLetters() {
      const command = new GetQueueAttributesCommand({
        QueueUrl: deadLetterQueueUrl,
        AttributeNames: ['ApproximateNumberOfMessages'],
      });
      return Number((await client.send(command)).Attributes?.ApproximateNumberOfMessages);
    },
    async putDeadLetter(body, reason, firstFailedAt) {
      const text = (value: string) => ({ DataType: 'String', StringValue: value });
      await client.send(
        new SendMessageCommand({
          QueueUrl: deadLetterQueueUrl,
          MessageBody: body,
          MessageAttributes: {
            reason: text(reason),
            firstFailedAt: text(new Date(firstFailedAt).toISOString()),
            lastFailedAt: text(new Date(firstFailedAt + 60_000).toISOString()),
          },
        }),
      );
    },
    async wearOut(body) {
      await client.send(new SendMessageCommand({ QueueUrl: retryQueueUrl, MessageBody: body }));
      await receive(retryQueueUrl);
      await receive(retryQueueUrl);
    },
    async empty() {
      await client.send(new PurgeQueueCommand({ QueueUrl: retryQueueUrl }));
      await client.send(new PurgeQueueCommand({ QueueUrl: deadLetterQueueUrl }));
    },
    async stop() {
      process.off('exit', kill);
      client.destroy();
      const exited = once(child, 'exit');
      kill();
      await exited;
    },
  };
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('the process has no output');
  for await (const line of createInterface({ input: stdout })) return line;
  throw new Error('the local SQS did not start');
}
