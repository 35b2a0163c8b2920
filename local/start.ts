import { Closing } from './closing';
import { StartupFailure } from './failure';
import { greet } from './greeting';
import { startHelp, readStartOptions } from './options';
import { startLocalStack } from './stack';
import { createTerminal } from './terminal';

/** `node:sqlite`, on which the local SQS keeps its messages, came with 22.5. */
const oldestNode = [22, 5] as const;

async function main(): Promise<void> {
  checkNode(process.versions.node);
  const options = readStartOptions(process.argv.slice(2), process.env);
  if (options === 'help') return void process.stdout.write(startHelp);
  const terminal = createTerminal();
  // `npm start | head` closes the pipe; the stack continues.
  process.stdout.on('error', () => undefined);
  terminal.line('Starting the tracker on this machine.');
  const closing = new Closing();
  let stopping = false;
  const stop = (): void => {
    // A second Ctrl-C is intended.
    if (stopping) process.exit(130);
    stopping = true;
    terminal.line('Stopping …');
    void closing.run().finally(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  if (process.env['npm_lifecycle_event'] !== undefined) whenParentEnds(() => stopping || stop());
  const stack = await startLocalStack(options, terminal, closing).catch((error: unknown) => {
    // An interrupted start fails somewhere; that failure is not reported.
    if (stopping) return undefined;
    throw error;
  });
  if (stack !== undefined && !stopping) greet(terminal, stack, performance.now());
}

/** Signals that npm does not pass on end npm, and would leave its script running: data folder and port would stay taken. */
function whenParentEnds(act: () => void): void {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && act(), 500).unref();
}

function checkNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    throw new StartupFailure(
      `Node.js ${version} is too old: the local stack needs ${oldestNode.join('.')}; npm start brings its own.`,
    );
  }
}

main().catch((error: unknown) => {
  if (error instanceof StartupFailure) process.stderr.write(`${error.message}\n`);
  else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
