import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { closedEnvironment } from '../closed-environment';
import { Control } from './control';

const projectFolder = join(__dirname, '..', '..');
const startLimitMilliseconds = 60_000;

/** A local stack in a separate process, as `npm start` runs it, that may be killed and started again on the same data. */
export class StackProcess {
  readonly control = new Control(() => this.url);
  private child: ChildProcess | undefined;
  private said = '';
  private address: string | undefined;
  private aheadMilliseconds = 0;
  /** SIGTERM: it ends its database and its functions, which a kill would leave behind. */
  private readonly endWithUs = (): void => void this.child?.kill('SIGTERM');

  constructor(
    private readonly assembly: string,
    private readonly dataFolder: string,
    private readonly concurrency: number,
    /** Servers of this machine that postbacks to traffic sources may reach. */
    private readonly destinations: readonly string[] = [],
  ) {}

  /** Its present URL; throws while it is down. */
  get url(): string {
    if (this.address === undefined) throw new Error('the stack is down');
    return this.address;
  }

  /** The time of the stack, which runs on this machine's clock until it is moved. */
  now(): number {
    return Date.now() + this.aheadMilliseconds;
  }

  /** Moves the stack's time forward, for its queue and its functions as well. It is lost where the stack is started again. */
  async forward(seconds: number): Promise<void> {
    this.aheadMilliseconds = (await this.control.forward(seconds)) * 1000;
  }

  async start(): Promise<void> {
    const options = ['--assembly', this.assembly, '--data', this.dataFolder, '--concurrency', String(this.concurrency)];
    const allowed = this.destinations.flatMap((url) => ['--allow-destination', url]);
    const start = [join('local', 'start.mjs'), '--port', '0', '--no-seed', ...options, ...allowed];
    const child = spawn(process.execPath, start, {
      cwd: projectFolder,
      env: closedEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    process.once('exit', this.endWithUs);
    this.said = '';
    this.address = await new Promise<string>((resolve, reject) => {
      const tooLate = setTimeout(() => reject(new Error('the stack does not start')), startLimitMilliseconds);
      const take = (chunk: Buffer): void => {
        this.said = (this.said + chunk.toString()).slice(-20_000);
        const address = /Ready on (http:\S+)/.exec(this.said)?.[1];
        if (address === undefined) return;
        clearTimeout(tooLate);
        resolve(address);
      };
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      child.once('exit', (code) => reject(new Error(`the stack ended with ${String(code)}: ${this.said.trim()}`)));
    });
  }

  /** SIGKILL, with no chance to finish anything; its functions end with it, and its database when it is started again. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    this.address = undefined;
    process.off('exit', this.endWithUs);
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }
}
