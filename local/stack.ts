import { localAccess } from '../console/access/connected-access';
import { buildPage } from '../console/build';
import { createConsole } from '../console/server/console';
import { listenOnLoopback } from '../console/server/loopback';
import { findAssembly } from './assembly/find-assembly';
import { Athena } from './athena/service';
import { Closing } from './closing';
import { type DataFolder, openDataFolder } from './data-folder/open';
import { rebuildOnChange, withOwnCode } from './dev/rebuild';
import { type RunningDynamoDb, startDynamoDb } from './dynamodb/start';
import { TableStreams } from './dynamodb/table-streams';
import { QueuePoller } from './event-source/poller';
import { StreamPoller } from './event-source/stream-poller';
import { StreamPollers } from './event-source/stream-pollers';
import { codeOf, StartupFailure } from './failure';
import { createPublicServer } from './http-api/server';
import { FunctionPool } from './lambda/function-pool';
import { MetricLog } from './lambda/metric-log';
import { FunctionOutput } from './lambda/output';
import type { StackOptions } from './options';
import { ObjectStore } from './s3/object-store';
import { Schedules } from './schedule/schedules';
import { SecretStore } from './secrets/store';
import { canSeed, seed } from './seed';
import { startSqs } from './sqs/server';
import type { StackModel } from './template/model';
import { readStack } from './template/read-stack';
import { counted, type Terminal } from './terminal';
import type { FaultTable } from './wire/faults';
import { readFaultsFile } from './wire/faults-file';
import { createForwarder } from './wire/forward';
import { type Gateway, listenGateway } from './wire/gateway';
import { OperationCounter } from './wire/operations';

export interface LocalStack {
  readonly url: string;
  readonly dataFolder: string;
  /** The URL of the console with an access key; absent where the stack is not a tracker. */
  readonly consoleUrl?: string;
  /** Ends the stack, and lets running invocations finish for a limited time. */
  stop(): Promise<void>;
}

/** Maximum time that a running invocation may continue after Ctrl-C. */
const patienceMilliseconds = 10_000;

/** Starts the whole stack. A failure on the way leaves nothing behind. Running `closing` ends the stack, also during its start. */
export async function startLocalStack(
  options: StackOptions,
  terminal: Terminal,
  closing = new Closing(),
): Promise<LocalStack> {
  try {
    return await start(options, terminal, closing);
  } catch (error) {
    await closing.run();
    throw error;
  }
}

async function start(options: StackOptions, terminal: Terminal, closing: Closing): Promise<LocalStack> {
  const faults = readFaultsFile(options.faultsFile);
  const data = openDataFolder(options.dataFolder);
  closing.add(() => data.lock.release());
  const assembly = await terminal.step(
    'template',
    () => findAssembly(options, data, terminal),
    ({ detail }) => detail,
  );
  const gateway = await listenGateway();
  closing.add(() => gateway.close());
  const read = readStack(assembly.assembly, gateway.url);
  const stack = options.dev ? withOwnCode(read, data.path) : read;
  const dynamoDb = await startDynamoDb(options, data, stack, terminal, closing);
  const sqs = await terminal.step(
    'sqs',
    () => startSqs(data.queues, stack.queues),
    () => counted(stack.queues.length, 'queue'),
  );
  closing.add(() => sqs.stop());
  // Processed messages are deleted after their functions have ended, and before SQS ends.
  const pollers: Poller[] = [];
  closing.add(() => Promise.all(pollers.map((poller) => poller.drained())));
  const secrets = SecretStore.open(data.secrets, stack.secrets);
  const objects = new ObjectStore(
    data.objects,
    stack.buckets.map(({ name }) => name),
  );
  const athena = new Athena(objects, stack);
  closing.add(() => athena.stop());
  const operations = new OperationCounter();
  const forwarder = createForwarder({ dynamoDb: dynamoDb.client.post, sqs, secrets, objects, athena, stack });
  closing.add(() => forwarder.close());
  const pools = new Map<string, FunctionPool>();
  const killEnvironment = (token: string): void => pools.forEach((pool) => pool.kill(token));
  gateway.open({ stack, forwarder, faults, operations, terminal, killEnvironment });

  const metrics = new MetricLog(data.metrics);
  const output = new FunctionOutput(data, metrics);
  closing.add(() => output.flush());
  addPools(pools, options, stack, gateway, output, terminal);
  closing.add(() => Promise.all([...pools.values()].map((pool) => pool.close(patienceMilliseconds))));
  if (options.dev) {
    const watching = await terminal.step(
      'watching',
      () => rebuildOnChange(stack.functions, (logicalId) => pools.get(logicalId)?.renew(), terminal),
      ({ detail }) => detail,
    );
    closing.add(() => watching.stop());
  }
  for (const source of stack.eventSources) {
    const pool = pools.get(source.function.logicalId);
    if (pool !== undefined) pollers.push(new QueuePoller(source, sqs, pool, faults, terminal));
  }
  const streams = await openStreams(stack, dynamoDb, data, pools, faults, terminal, options.keptStreamRecords);
  pollers.push(streams);

  let ready = false;
  const api = stack.api ?? { apiId: 'none', stageName: '$default', routes: [] };
  const schedules = new Schedules(stack.schedules, pools, terminal);
  const control = { stack, pools, faults, operations, metrics: output, sqs, streams, schedules, isReady: () => ready };
  const tracks = canSeed(stack);
  let url = '';
  const console = tracks ? createConsole({ page: buildPage, tracker: localAccess(() => url), write: true }) : undefined;
  const server = createPublicServer({ api: { api, pools, terminal }, control, console });
  const listening = await terminal.step(
    'http api',
    () => listenOnPort(server, options.port),
    () =>
      `${counted(api.routes.length, 'route')}, ${counted(stack.functions.length, 'function')}, ${counted(stack.inert.length, 'resource')} of AWS alone`,
  );
  ({ url } = listening);
  closing.add(async () => {
    ready = false;
    schedules.stop();
    for (const poller of pollers) poller.stop();
    sqs.wakeReceivers();
    await stopServing(server);
  });
  for (const poller of pollers) poller.start();
  if (options.seed && tracks)
    await terminal.step(
      'demo data',
      () => seed(listening.url, stack.stackName, data),
      (what) => what,
    );
  schedules.start();
  ready = true;
  return {
    url,
    dataFolder: data.path,
    ...(console !== undefined && { consoleUrl: console.address(url) }),
    stop: () => closing.run(),
  };
}

/** A source of messages or records, from its start until it is stopped and drained. */
interface Poller {
  start(): void;
  stop(): void;
  drained(): Promise<void>;
}

async function openStreams(
  { streamSources }: StackModel,
  { client, streamRecords }: RunningDynamoDb,
  data: DataFolder,
  pools: ReadonlyMap<string, FunctionPool>,
  faults: FaultTable,
  terminal: Terminal,
  kept: number,
): Promise<StreamPollers> {
  const streams = new TableStreams(client);
  const opened = streamSources.flatMap((source) => {
    const pool = pools.get(source.function.logicalId);
    return pool === undefined ? [] : [StreamPoller.open(source, streams, data.streams, { pool, faults, terminal })];
  });
  return new StreamPollers(await Promise.all(opened), streamRecords, kept, terminal);
}

/** The variable that identifies a function reporting to traffic sources, and the one that lets it reach destinations on this machine. */
const reporting = { known: 'DELIVERIES_TABLE', allowed: 'ALLOWED_DESTINATIONS' } as const;

function addPools(
  pools: Map<string, FunctionPool>,
  { concurrency, allowedDestinations }: StackOptions,
  stack: StackModel,
  gateway: Gateway,
  output: FunctionOutput,
  terminal: Terminal,
): void {
  const shared = { gatewayUrl: gateway.url, output, terminal, concurrency };
  for (const model of stack.functions) {
    const delivers = reporting.known in model.environment;
    const environment = {
      ...model.environment,
      ...(delivers && allowedDestinations.length > 0 && { [reporting.allowed]: allowedDestinations.join() }),
    };
    pools.set(model.logicalId, new FunctionPool({ ...model, environment }, shared));
  }
}

async function listenOnPort(server: ReturnType<typeof createPublicServer>, port: number): Promise<{ url: string }> {
  try {
    return await listenOnLoopback(server, port);
  } catch (error) {
    const reason = codeOf(error);
    if (reason === 'EADDRINUSE') throw new StartupFailure(`Port ${port} is in use: choose another with --port N.`);
    if (reason === 'EACCES')
      throw new StartupFailure(`Port ${port} may not be opened by this user: choose another with --port N.`);
    throw error;
  }
}

/** Rejects new connections and lets running requests end; idle kept-alive connections close. */
async function stopServing(server: ReturnType<typeof createPublicServer>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection becomes idle when its request ends; its client may then keep it open for seconds.
  const sweeping = setInterval(() => server.closeIdleConnections(), 20);
  const impatient = setTimeout(() => server.closeAllConnections(), patienceMilliseconds);
  await closed;
  clearInterval(sweeping);
  clearTimeout(impatient);
}
