import { objectOrEmpty, parseJson, textOf } from '../json';
import type { Terminal } from '../terminal';
import type { FunctionModel } from '../template/model';
import { Environment, type InvocationResult } from './environment';
import type { FunctionOutput } from './output';

export interface PoolOptions {
  readonly gatewayUrl: string;
  readonly output: FunctionOutput;
  readonly terminal: Terminal;
  /** Maximum environments per function; the template's reserved concurrency may lower it. */
  readonly concurrency: number;
}

/** Lambda keeps an idle environment for some minutes, without guarantee. */
const idleLimitMilliseconds = 5 * 60_000;
/** All but the last used environment end sooner: each takes some 100 MB of this machine. */
const surplusIdleLimitMilliseconds = 30_000;

/** One function with its environments, started on demand. Invocations beyond their number wait; Lambda would start more environments. */
export class FunctionPool {
  private readonly environments = new Set<Environment>();
  /** Environments that run code from before the latest change. */
  private readonly outdated = new WeakSet<Environment>();
  private readonly idle: Environment[] = [];
  private readonly queue: ((environment: Environment) => void)[] = [];
  private readonly running = new Set<Promise<InvocationResult>>();
  private starting = 0;
  private closed = false;
  private readonly limit: number;
  private readonly reaper: NodeJS.Timeout;

  constructor(
    readonly model: FunctionModel,
    private readonly options: PoolOptions,
  ) {
    this.limit = Math.max(1, Math.min(options.concurrency, model.reservedConcurrency ?? options.concurrency));
    this.reaper = setInterval(() => this.reap(), 10_000);
    this.reaper.unref();
  }

  get environmentCount(): number {
    return this.environments.size;
  }

  /** Process IDs of the environments that run. */
  get processIds(): readonly number[] {
    return [...this.environments].flatMap(({ pid }) => pid ?? []);
  }

  /** Serves new invocations with the present code of the function's folder; running ones end with their old code. */
  renew(): void {
    for (const environment of this.environments) this.outdated.add(environment);
    for (const environment of this.idle.splice(0)) {
      this.forget(environment);
      void environment.end();
    }
  }

  /** Ends the environment with this session token, even during an invocation. */
  kill(sessionToken: string): void {
    void [...this.environments].find((environment) => environment.sessionToken === sessionToken)?.end();
  }

  /** Invokes the function and waits for its answer. Never rejects: any error is a failed result. */
  invoke(event: unknown): Promise<InvocationResult> {
    const invocation = this.run(JSON.stringify(event));
    this.running.add(invocation);
    void invocation.finally(() => this.running.delete(invocation));
    return invocation;
  }

  /** Ends every environment, after waiting at most this long for running invocations. */
  async close(patienceMilliseconds: number): Promise<void> {
    this.closed = true;
    clearInterval(this.reaper);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMilliseconds)));
    await Promise.race([Promise.allSettled(this.running), patience]);
    clearTimeout(timer);
    const endings = [...this.environments].map((environment) => environment.end());
    await Promise.all(endings);
  }

  private async run(payload: string): Promise<InvocationResult> {
    let result: InvocationResult;
    try {
      const environment = await this.acquire();
      result = await environment.invoke(payload);
      this.release(environment);
    } catch (error) {
      const errorMessage = error instanceof Error ? error.message : String(error);
      result = { payload: JSON.stringify({ errorType: 'ServiceException', errorMessage }), failed: true };
    }
    if (result.failed) this.report(result.payload);
    return result;
  }

  private async acquire(): Promise<Environment> {
    const free = this.idle.pop();
    if (free !== undefined) return free;
    if (this.environments.size + this.starting < this.limit) return this.start();
    return new Promise((resolve) => this.queue.push(resolve));
  }

  private async start(): Promise<Environment> {
    if (this.closed) throw new Error('The local stack is stopping.');
    this.starting += 1;
    try {
      const { gatewayUrl, output } = this.options;
      const environment = await Environment.start(this.model, gatewayUrl, output, (ended) => this.forget(ended));
      this.environments.add(environment);
      return environment;
    } finally {
      this.starting -= 1;
    }
  }

  private release(environment: Environment): void {
    if (this.outdated.has(environment)) void environment.end();
    if (environment.ended || this.outdated.has(environment)) return this.forget(environment);
    const next = this.queue.shift();
    if (next === undefined) this.idle.push(environment);
    else next(environment);
  }

  /** An environment that ended makes room for a waiting invocation. */
  private forget(environment: Environment): void {
    const index = this.idle.indexOf(environment);
    if (index >= 0) this.idle.splice(index, 1);
    if (!this.environments.delete(environment)) return;
    const next = this.queue.shift();
    if (next !== undefined && !this.closed) void this.start().then(next, () => undefined);
  }

  private reap(): void {
    const now = Date.now();
    const last = this.idle.at(-1);
    const isOver = (environment: Environment): boolean =>
      now - environment.idleSince > (environment === last ? idleLimitMilliseconds : surplusIdleLimitMilliseconds);
    for (const environment of this.idle.filter(isOver)) {
      this.forget(environment);
      void environment.end();
    }
  }

  private report(payload: string): void {
    const { errorType, errorMessage } = objectOrEmpty(parseJson(payload));
    const log = this.options.output.logFile(this.model.label);
    const message = textOf(errorMessage ?? '').split('\n')[0] ?? '';
    this.options.output.fail(this.model.label, `${textOf(errorType ?? 'Error')}: ${message}`);
    this.options.terminal.problem(`${this.model.label}: ${textOf(errorType ?? 'Error')}: ${message} (${log})`);
  }
}
