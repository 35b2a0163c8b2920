import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { close, listen } from './wire-proxy';

export interface SentMessage {
  readonly queueUrl: string;
  readonly body: string;
  readonly delaySeconds: number | undefined;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface HiddenMessage {
  readonly receiptHandle: string;
  readonly seconds: number;
}

/**
 * As much of SQS's wire protocol as our functions speak, for what the real local queue cannot be made to do: to be down, to take one
 * message of a batch and not the other.
 */
export interface QueueDouble {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly sent: readonly SentMessage[];
  readonly deadLetters: readonly SentMessage[];
  readonly hidden: readonly HiddenMessage[];
  /** Receipt handles of what the function itself deleted. */
  readonly deleted: readonly string[];
  /** How many messages the queue says are due. */
  due: number;
  /** Bytes of all bodies in the largest request; SQS takes 1 MiB, and this takes no more. */
  readonly largestRequest: number;
  /** Which calls fail with a 500. */
  rejects: (call: { readonly operation: string; readonly body: string; readonly receiptHandle: string }) => boolean;
  /** Makes everything work again, and forgets what was sent. */
  reset(): void;
  stop(): Promise<void>;
}

interface SendInput {
  readonly QueueUrl?: string;
  readonly MessageBody?: string;
  readonly DelaySeconds?: number;
  readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue?: string }>>;
  readonly ReceiptHandle?: string;
  readonly VisibilityTimeout?: number;
  readonly Entries?: readonly (SendInput & { readonly Id: string })[];
}

const requestLimitBytes = 1024 * 1024;

/** Starts it and points this process's SDK, and the environment variables of our functions, at it. */
export async function startQueueDouble(): Promise<QueueDouble> {
  const messages: SentMessage[] = [];
  const hidden: HiddenMessage[] = [];
  const deleted: string[] = [];
  const takesAll = (): boolean => false;
  let largestRequest = 0;

  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const [, operation = ''] = String(request.headers['x-amz-target']).split('.');
      const answer = take(operation, JSON.parse(body) as SendInput);
      const failed = answer === undefined;
      response.writeHead(failed ? 500 : 200, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(failed ? { __type: 'InternalFailure', message: 'the queue is broken' } : answer));
    });
  });

  function take(operation: string, input: SendInput): object | undefined {
    const call = (one: SendInput) => ({
      operation,
      body: one.MessageBody ?? '',
      receiptHandle: one.ReceiptHandle ?? '',
    });
    if (operation === 'SendMessageBatch') {
      const entries = input.Entries ?? [];
      if (entries.length > 10) throw new Error('SQS takes ten messages at once');
      const bytes = entries.reduce((sum, { MessageBody = '' }) => sum + Buffer.byteLength(MessageBody), 0);
      largestRequest = Math.max(largestRequest, bytes);
      if (bytes > requestLimitBytes) return undefined;
      const isTaken = (entry: SendInput): boolean => !double.rejects(call(entry));
      return {
        Successful: entries.filter(isTaken).map((entry) => ({ Id: entry.Id, ...keep({ ...entry, ...url(input) }) })),
        Failed: entries
          .filter((entry) => !isTaken(entry))
          .map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false })),
      };
    }
    if (double.rejects(call(input))) return undefined;
    if (operation === 'GetQueueAttributes') return { Attributes: { ApproximateNumberOfMessages: String(double.due) } };
    if (operation === 'DeleteMessageBatch') {
      const entries = input.Entries ?? [];
      deleted.push(...entries.map(({ ReceiptHandle = '' }) => ReceiptHandle));
      return { Successful: entries.map(({ Id }) => ({ Id })), Failed: [] };
    }
    if (operation === 'SendMessage') return keep(input);
    if (operation !== 'ChangeMessageVisibility') throw new Error(`nobody should call ${operation}`);
    hidden.push({ receiptHandle: input.ReceiptHandle ?? '', seconds: input.VisibilityTimeout ?? -1 });
    return {};
  }

  const url = ({ QueueUrl }: SendInput) => ({ ...(QueueUrl !== undefined && { QueueUrl }) });

  function keep({ QueueUrl = '', MessageBody = '', DelaySeconds, MessageAttributes = {} }: SendInput): object {
    const attributes = Object.entries(MessageAttributes).map(
      ([name, { StringValue = '' }]) => [name, StringValue] as const,
    );
    messages.push({
      queueUrl: QueueUrl,
      body: MessageBody,
      delaySeconds: DelaySeconds,
      attributes: Object.fromEntries(attributes),
    });
    return { MessageId: randomUUID(), MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') };
  }

  const endpoint = await listen(server);
  const queueUrl = `${endpoint}/000000000000/RetryQueue`;
  const deadLetterQueueUrl = `${endpoint}/000000000000/DeadLetterQueue`;
  const double: QueueDouble = {
    queueUrl,
    deadLetterQueueUrl,
    get sent() {
      return messages.filter((message) => message.queueUrl === queueUrl);
    },
    get deadLetters() {
      return messages.filter((message) => message.queueUrl === deadLetterQueueUrl);
    },
    hidden,
    deleted,
    due: 0,
    get largestRequest() {
      return largestRequest;
    },
    rejects: takesAll,
    reset() {
      messages.length = 0;
      hidden.length = 0;
      deleted.length = 0;
      double.due = 0;
      double.rejects = takesAll;
    },
    stop: () => close(server),
  };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SQS: endpoint,
    RETRY_QUEUE_URL: queueUrl,
    DEAD_LETTER_QUEUE_URL: deadLetterQueueUrl,
  });
  return double;
}
