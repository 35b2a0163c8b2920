import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BuildAppOptions } from 'fauxqs' with { 'resolution-mode': 'import' };
import { region } from '../account';
import { StartupFailure } from '../failure';
import { isObject, type JsonObject, parseJson } from '../json';
import type { QueueModel } from '../template/model';

type Stores = NonNullable<BuildAppOptions['stores']>;
type StoreModules = {
  readonly SqsStore: new () => Stores['sqsStore'];
  readonly SnsStore: new () => Stores['snsStore'];
  readonly S3Store: new () => Stores['s3Store'];
  readonly PersistenceManager: new (directory: string) => Persistence;
};
type Persistence = NonNullable<Stores['sqsStore']['persistence']>;

export interface SqsAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly queryError: string | undefined;
}

export interface QueueDepth {
  readonly queue: string;
  readonly name: string;
  readonly visible: number;
  readonly notVisible: number;
  readonly delayed: number;
}

/** A stored message, receivable or not. */
export interface StoredMessage {
  readonly messageId: string;
  readonly body: string;
  /** Names and text values of its attributes. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface SqsServer {
  /** One request of SQS's JSON protocol. */
  request(operation: string, body: string): Promise<SqsAnswer>;
  /** Like `request`, for the runner's use; throws on an error response. */
  call(operation: string, input: JsonObject): Promise<JsonObject>;
  depths(): readonly QueueDepth[];
  /** Returns all messages of a queue without receiving them. */
  messages(queue: QueueModel): readonly StoredMessage[];
  /** Ends the wait of every pending ReceiveMessage. */
  wakeReceivers(): void;
  stop(): Promise<void>;
}

/**
 * Runs SQS as fauxqs in this process, by injected requests: `startFauxqs` listens on every interface, past the gateway's policies. Like
 * it, this loads stored messages and passes the SQLite writer on: an acknowledged message survives the process.
 */
export async function startSqs(directory: string, queues: readonly QueueModel[]): Promise<SqsServer> {
  const { buildApp } = await import('fauxqs');
  const { SqsStore, SnsStore, S3Store, PersistenceManager } = await importStores();
  const stores: Stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  const persistence = new PersistenceManager(directory);
  // The pinned version writes a visibility of 0 as NULL into a NOT NULL column, and loses the message. Unwritten, the message is read
  // back as in flight until its old time: late, not lost.
  persistence.updateMessageReady = () => undefined;
  persistence.loadSqsAndSns(stores.sqsStore, stores.snsStore);
  stores.sqsStore.persistence = persistence;
  for (const queue of stores.sqsStore.allQueues()) queue.persistence = persistence;
  ensureQueues(stores.sqsStore, queues);
  const app = buildApp({ logger: false, defaultRegion: region, stores });
  await app.ready();

  const request: SqsServer['request'] = async (operation, body) => {
    const response = await app.inject({
      method: 'POST',
      url: '/',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}` },
      payload: body,
    });
    return {
      status: response.statusCode,
      contentType: response.headers['content-type'] ?? 'application/x-amz-json-1.0',
      body: response.body,
      queryError: headerText(response.headers['x-amzn-query-error']),
    };
  };
  return {
    request,
    async call(operation, input) {
      const answer = await request(operation, JSON.stringify(input));
      const body = parseJson(answer.body);
      if (answer.status !== 200) throw new Error(`SQS ${operation}: ${answer.body}`);
      return isObject(body) ? body : {};
    },
    depths: () => queues.map((queue) => depthOf(stores.sqsStore, queue)),
    messages: ({ name }) => messagesOf(stores.sqsStore, name),
    wakeReceivers: () => stores.sqsStore.shutdown(),
    async stop() {
      await app.close();
      persistence.close();
    },
  };
}

function ensureQueues(store: Stores['sqsStore'], queues: readonly QueueModel[]): void {
  for (const { name, url, arn, attributes } of queues) {
    const existing = store.getQueueByName(name);
    if (existing === undefined) store.createQueue(name, url, arn, { ...attributes });
    else existing.setAttributes({ RedrivePolicy: '', ...attributes });
  }
}

function depthOf(store: Stores['sqsStore'], { name, label }: QueueModel): QueueDepth {
  const queue = store.getQueueByName(name);
  // Messages whose delay ended move only on a request.
  queue?.processTimers();
  const count = (attribute: Parameters<NonNullable<typeof queue>['getAttribute']>[0]): number =>
    Number(queue?.getAttribute(attribute) ?? 0);
  return {
    queue: label,
    name,
    visible: count('ApproximateNumberOfMessages'),
    notVisible: count('ApproximateNumberOfMessagesNotVisible'),
    delayed: count('ApproximateNumberOfMessagesDelayed'),
  };
}

function messagesOf(store: Stores['sqsStore'], name: string): readonly StoredMessage[] {
  const { ready = [], delayed = [], inflight = [] } = store.getQueueByName(name)?.inspectMessages() ?? {};
  return [...ready, ...delayed, ...inflight.map(({ message }) => message)].map(
    ({ messageId, body, messageAttributes }) => ({
      messageId,
      body,
      attributes: Object.fromEntries(
        Object.entries(messageAttributes).map(([attribute, { StringValue = '' }]) => [attribute, StringValue]),
      ),
    }),
  );
}

/** fauxqs exports only its main module; the stores of the pinned version are loaded by path. */
async function importStores(): Promise<StoreModules> {
  const dist = findDist();
  const load = async (file: string): Promise<Record<string, unknown>> => {
    const loaded: Record<string, unknown> = await import(pathToFileURL(join(dist, file)).href);
    return loaded;
  };
  const modules = {
    ...(await load('sqs/sqsStore.js')),
    ...(await load('sns/snsStore.js')),
    ...(await load('s3/s3Store.js')),
    ...(await load('persistence.js')),
  };
  if (!hasStores(modules))
    throw new StartupFailure('The installed fauxqs is not the version that package.json names: run npm ci.');
  return modules;
}

function hasStores(modules: Record<string, unknown>): modules is Record<string, unknown> & StoreModules {
  const names = ['SqsStore', 'SnsStore', 'S3Store', 'PersistenceManager'];
  return names.every((name) => typeof modules[name] === 'function');
}

function findDist(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const dist = join(folder, 'node_modules', 'fauxqs', 'dist');
    if (existsSync(join(dist, 'persistence.js'))) return dist;
    if (dirname(folder) === folder) throw new StartupFailure('fauxqs, the local SQS, is not installed: run npm ci.');
  }
}

function headerText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
