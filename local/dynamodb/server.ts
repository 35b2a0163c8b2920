import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { DataFolder } from '../data-folder/open';
import { commandLineOf, killAndWait } from '../data-folder/processes';
import { StartupFailure } from '../failure';
import { objectOrEmpty, parseJson } from '../json';
import { addressClosedToPages } from './address';
import { obtainDynoxide } from './binary';
import { DynamoDbClient } from './client';
import { endWithUs } from './end-with-us';
import { postToDynoxide } from './post';
import { openStreamRecords, type StreamRecords } from './stream-records';

export interface DynamoDbServer {
  readonly endpoint: string;
  readonly client: DynamoDbClient;
  readonly streamRecords: StreamRecords;
  stop(): Promise<void>;
}

const readyWithinMilliseconds = 10_000;

/** Starts dynoxide on the data folder's database, at a loopback address that no web page can reach. */
export async function startDynoxide(
  data: DataFolder,
  onExit: (reason: string) => void,
  say: (line: string) => void = () => undefined,
): Promise<DynamoDbServer> {
  const binary = await obtainDynoxide(say);
  await endLeftover(data);
  const address = await addressClosedToPages();
  if (address === undefined) {
    throw new StartupFailure(
      'Other stacks have taken every port that DynamoDB can have here. End one of them, or give any server with --dynamodb-endpoint URL.',
    );
  }
  const { host, port } = address;
  const arguments_ = ['serve', '--host', host, '--port', String(port), '--db-path', data.database];
  // A detached process survives a terminal's Ctrl-C until running invocations have written to it.
  const child = spawn(binary, arguments_, { stdio: ['ignore', 'ignore', 'pipe'], env: {}, detached: true });
  const killNow = (): void => void child.kill('SIGKILL');
  process.once('exit', killNow);
  let lastOutput = '';
  child.stderr.on('data', (chunk: Buffer) => (lastOutput = (lastOutput + chunk.toString()).slice(-2000)));
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  let stopping = false;
  child.once('error', (error) => (lastOutput = error.message));
  if (child.pid !== undefined) writeFileSync(data.databaseProcess, JSON.stringify({ pid: child.pid }));
  const callOffWatch = child.pid === undefined ? () => Promise.resolve() : endWithUs(child.pid);
  void exited.then(() => {
    void callOffWatch();
    if (!stopping) onExit(`dynoxide ended unexpectedly: ${lastLine(lastOutput) || 'no output'}`);
  });
  const post = postToDynoxide(host, port);
  const client = new DynamoDbClient(post);
  const stop = async (): Promise<void> => {
    stopping = true;
    post.close();
    await end(child, exited);
    await callOffWatch();
    process.off('exit', killNow);
    rmSync(data.databaseProcess, { force: true });
  };
  if (!(await answers(client, child))) {
    await stop();
    throw new StartupFailure(`DynamoDB (${binary}) did not start: ${lastLine(lastOutput) || 'no output'}.`);
  }
  const streamRecords = openStreamRecords(data.database);
  return {
    endpoint: `http://${host}:${port}`,
    client,
    streamRecords,
    async stop() {
      streamRecords.close();
      await stop();
    },
  };
}

/**
 * Ends a dynoxide that a killed runner left behind. A stored process ID proves nothing alone: the command line must name our database
 * too.
 */
async function endLeftover(data: DataFolder): Promise<void> {
  let text: string;
  try {
    text = readFileSync(data.databaseProcess, 'utf8');
  } catch {
    return;
  }
  const { pid } = objectOrEmpty(parseJson(text));
  if (typeof pid === 'number') {
    const command = commandLineOf(pid) ?? '';
    if (command.includes('dynoxide') && command.includes(data.database) && !(await killAndWait(pid))) {
      throw new StartupFailure(
        `A dynoxide of an earlier run (process ${pid}) holds ${data.database} and does not end.`,
      );
    }
  }
  rmSync(data.databaseProcess, { force: true });
}

async function answers(client: DynamoDbClient, child: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + readyWithinMilliseconds;
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    try {
      await client.call('ListTables', { Limit: 1 });
      return true;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  return false;
}

async function end(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill('SIGTERM');
  const impatient = setTimeout(() => child.kill('SIGKILL'), 2000);
  await exited;
  clearTimeout(impatient);
}

function lastLine(text: string): string {
  return text.trim().split('\n').pop()?.trim() ?? '';
}
