import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OperationCount } from '../../local/wire/operations';
import type { ActiveFault, FaultRule } from '../../local/wire/faults';
import type { MetricRecord } from '../../local/lambda/metric-log';
import { closedEnvironment } from '../../prove/closed-environment';
import { node, root } from './assembly';
import { eventually } from './eventually';

/** The local stack as a process of its own, as `npm start` runs it. */
export interface LocalStack {
  readonly url: string;
  /** The address of the console that it printed, the session's secret included. */
  readonly consoleUrl: string;
  readonly processId: number;
  readonly dataFolder: string;
  /** Everything it has printed. */
  output(): string;
  health(): Promise<Health>;
  /** Sets rules of what breaks between functions and services, until `heal`. */
  break(...rules: readonly FaultRule[]): Promise<void>;
  heal(): Promise<void>;
  faults(): Promise<readonly ActiveFault[]>;
  operations(): Promise<readonly OperationCount[]>;
  forgetOperations(): Promise<void>;
  metrics(): Promise<readonly MetricRecord[]>;
  /** Messages in the retry queue and the dead letter queue, whatever state they are in. */
  queued(): Promise<{ readonly retry: number; readonly dead: number }>;
  /** Puts any text into the retry queue, as nobody could from outside. */
  enqueue(body: string): Promise<void>;
  deadLetters(): Promise<readonly DeadLetter[]>;
  /** Runs what a rule runs by the clock, now or as of a time; rejects where that fails. */
  runSchedule(schedule: string, time?: string): Promise<void>;
  moveClock(seconds: number): Promise<void>;
  end(signal?: NodeJS.Signals): Promise<void>;
  /** Ends it, and removes its data. */
  remove(): Promise<void>;
}

export interface DeadLetter {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Health {
  readonly ready: boolean;
  readonly queues: readonly { readonly queue: string; readonly name: string; readonly url: string }[];
  readonly tables: readonly { readonly table: string; readonly name: string }[];
  readonly functions: readonly { readonly function: string; readonly processIds: readonly number[] }[];
}

export interface StackSettings {
  readonly assembly: string;
  /** Kept where it is given; without, a new one. */
  readonly dataFolder?: string;
  /** Most environments per function: 1 makes "warm" certain. */
  readonly concurrency?: number;
  /** Servers of this machine that postbacks to traffic sources may reach. */
  readonly allowedDestinations?: readonly string[];
}

/** Rejects with what the stack said where it rejects to start. */
export async function startLocalStack(settings: StackSettings): Promise<LocalStack> {
  const { assembly, dataFolder = newDataFolder(), concurrency, allowedDestinations = [] } = settings;
  const options = ['--assembly', assembly, '--data', dataFolder, '--port', '0', '--no-seed'];
  if (concurrency !== undefined) options.push('--concurrency', String(concurrency));
  options.push(...allowedDestinations.flatMap((url) => ['--allow-destination', url]));
  const child = spawn(node, [join('local', 'start.mjs'), ...options], {
    cwd: root,
    env: closedEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  // A test run that ends without its afterAll leaves no stack behind.
  const killWithUs = (): void => void child.kill('SIGTERM');
  process.once('exit', killWithUs);
  child.once('exit', () => process.off('exit', killWithUs));

  const url = await eventually('the stack is ready', async () => {
    if (hasEnded(child)) throw new Error(`It did not start: ${output}`);
    const [, ready] = /^Ready on (\S+)/m.exec(output) ?? [];
    const { ok = false } = ready === undefined ? {} : await fetch(`${ready}/_local/health`);
    return ok && ready;
  });

  const control = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${url}/_local/${path}`, { method, ...(body !== undefined && { body: text }) });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return (await response.json()) as Body;
  };
  const end = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    if (hasEnded(child)) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  const consoleUrl = await eventually('the greeting names the console', () =>
    Promise.resolve(/^\s*console\s+(\S+#session=\S+)/m.exec(output)?.[1]),
  );
  return {
    url,
    consoleUrl,
    processId: child.pid ?? 0,
    dataFolder,
    output: () => output,
    health: () => control('GET', 'health'),
    break: async (...rules) => void (await control('POST', 'faults', rules)),
    heal: async () => void (await control('DELETE', 'faults')),
    faults: async () => (await control<{ faults: ActiveFault[] }>('GET', 'faults')).faults,
    operations: async () => (await control<{ operations: OperationCount[] }>('GET', 'operations')).operations,
    forgetOperations: async () => void (await control('DELETE', 'operations')),
    metrics: async () => (await control<{ metrics: MetricRecord[] }>('GET', 'metrics')).metrics,
    async queued() {
      const { queues } = await control<{ queues: QueueDepth[] }>('GET', 'queues');
      const depth = (queue: string): number =>
        queues
          .filter((one) => one.queue.endsWith(queue))
          .reduce((sum, { visible, notVisible, delayed }) => sum + visible + notVisible + delayed, 0);
      return { retry: depth('RetryQueue'), dead: depth('DeadLetterQueue') };
    },
    enqueue: async (body) => void (await control('POST', 'messages?queue=RetryPathRetryQueue', body)),
    deadLetters: async () =>
      (await control<{ messages: DeadLetter[] }>('GET', 'messages?queue=RetryPathDeadLetterQueue')).messages,
    runSchedule: async (schedule, time) =>
      void (await control('POST', `schedules?schedule=${schedule}${time === undefined ? '' : `&time=${time}`}`)),
    moveClock: async (seconds) => void (await control('POST', `clock?forward=${seconds}`)),
    end,
    async remove() {
      await end();
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

interface QueueDepth {
  readonly queue: string;
  readonly visible: number;
  readonly notVisible: number;
  readonly delayed: number;
}

export function newDataFolder(): string {
  return mkdtempSync(join(tmpdir(), 'tracker-e2e-'));
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
