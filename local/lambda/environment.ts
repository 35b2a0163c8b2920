import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { FunctionModel } from '../template/model';
import { environmentVariablesOf } from './environment-variables';
import type { FunctionOutput } from './output';
import { listenRuntimeApi, payloadLimitBytes, type RuntimeApi } from './runtime-api';

/** The result of an invocation: a JSON text, and whether it is an error of the function. */
export interface InvocationResult {
  readonly payload: string;
  readonly failed: boolean;
}

const bootstrap = join(__dirname, '..', 'runtime', 'bootstrap.mjs');

/** Lambda allows 10 s for initialization, whatever the function's timeout. */
const initLimitMilliseconds = 10_000;

/** Share of the memory that Lambda's runtime gives to JavaScript's heap. */
const heapShare = 0.9;
/** Half of Node's default: young objects need no more here, and eight environments would use some 300 MB more. */
const youngMegabytes = 8;

/** One execution environment: a child process that serves one invocation at a time, as in Lambda. */
export class Environment {
  private current: { requestId: string; settle(result: InvocationResult): void } | undefined;
  private initError: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** Time at which it last became idle. */
  idleSince = Date.now();
  /** Set when it takes no more invocations. */
  ended = false;
  private readonly exit: Promise<void>;

  private constructor(
    /** The gateway identifies the calls of this environment by it. */
    readonly sessionToken: string,
    private readonly model: FunctionModel,
    private readonly child: ChildProcess,
    private readonly api: RuntimeApi,
    private readonly onEnd: (environment: Environment) => void,
  ) {
    this.exit = new Promise((resolve) => {
      const leave = (code: number | null, signal: NodeJS.Signals | null): void => {
        this.exited(code, signal);
        resolve();
      };
      child.once('exit', leave);
      child.once('error', () => leave(null, null));
    });
  }

  static async start(
    model: FunctionModel,
    gatewayUrl: string,
    output: FunctionOutput,
    onEnd: (environment: Environment) => void,
  ): Promise<Environment> {
    const later: { environment?: Environment } = {};
    const api = await listenRuntimeApi({
      onTaken: (requestId) => later.environment?.startClock(requestId) ?? Date.now(),
      onResponse: (requestId, payload) => later.environment?.respond(requestId, payload),
      onError: (requestId, payload) => later.environment?.settle(requestId, { payload, failed: true }),
      onInitError: (payload) => later.environment?.failInit(payload),
    });
    const sessionToken = randomUUID();
    const heap = [
      `--max-old-space-size=${Math.floor(model.memoryMegabytes * heapShare)}`,
      `--max-semi-space-size=${youngMegabytes}`,
    ];
    const child = spawn(process.execPath, [...heap, bootstrap, 'channel'], {
      cwd: model.assetDirectory,
      env: environmentVariablesOf(model, gatewayUrl, api.address, sessionToken),
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      // A terminal's Ctrl-C must not reach it, so that a running invocation can finish.
      detached: true,
    });
    const [stdin, stdout, stderr, channel] = child.stdio;
    stdin?.on('error', () => undefined);
    for (const stream of [stdout, stderr]) if (stream !== null) output.follow(model.label, stream);
    if (channel instanceof Socket) api.serve(channel);
    const environment = new Environment(sessionToken, model, child, api, onEnd);
    later.environment = environment;
    return environment;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  invoke(payload: string): Promise<InvocationResult> {
    const requestId = randomUUID();
    return new Promise((resolve) => {
      this.current = { requestId, settle: resolve };
      if (this.ended) return this.exited(null, null);
      // A cold environment initializes first, under a separate limit.
      this.timer = setTimeout(() => this.timeOut(requestId, initLimitMilliseconds), initLimitMilliseconds);
      this.api.deliver({ requestId, payload, functionArn: this.model.arn });
    });
  }

  /** Ends the process and waits until it is gone. A running invocation fails as after a crash. */
  end(): Promise<void> {
    this.ended = true;
    this.child.kill('SIGKILL');
    return this.exit;
  }

  private startClock(requestId: string): number {
    const limit = this.model.timeoutSeconds * 1000;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.timeOut(requestId, limit), limit);
    return Date.now() + limit;
  }

  private respond(requestId: string, payload: Buffer | undefined): void {
    if (payload !== undefined) return this.settle(requestId, { payload: payload.toString(), failed: false });
    const message = `Response payload size exceeded maximum allowed payload size (${payloadLimitBytes} bytes).`;
    this.settle(requestId, failure('Function.ResponseSizeTooLarge', message));
  }

  private settle(requestId: string, result: InvocationResult): void {
    if (this.current?.requestId !== requestId) return;
    const { settle } = this.current;
    clearTimeout(this.timer);
    this.current = undefined;
    this.idleSince = Date.now();
    settle(result);
  }

  /** Lambda ends the whole environment on a timeout; the next invocation starts cold. */
  private timeOut(requestId: string, limitMilliseconds: number): void {
    const seconds = (limitMilliseconds / 1000).toFixed(2);
    void this.end();
    const message = `${new Date().toISOString()} ${requestId} Task timed out after ${seconds} seconds`;
    this.settle(requestId, failure('Sandbox.Timedout', message));
  }

  private failInit(payload: string): void {
    this.initError = payload;
  }

  private exited(code: number | null, signal: NodeJS.Signals | null): void {
    this.ended = true;
    void this.api.close();
    const reason = code === null ? `signal: ${signal ?? 'none'}` : `exit code: ${code}`;
    const crash = failure(
      'Runtime.ExitError',
      `RequestId: ${this.current?.requestId ?? '-'} Error: Runtime exited with ${reason}`,
    );
    if (this.current !== undefined) {
      const result = this.initError === undefined ? crash : { payload: this.initError, failed: true };
      this.settle(this.current.requestId, result);
    }
    this.onEnd(this);
  }
}

function failure(errorType: string, errorMessage: string): InvocationResult {
  return { payload: JSON.stringify({ errorType, errorMessage }), failed: true };
}
