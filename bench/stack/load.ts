import autocannon, { type Request } from 'autocannon';
import { type Part, parts, ProcessMeter } from './process-cost';
import type { BenchTracker } from './tracker';

/** One load as it was measured. */
export interface Measurement {
  readonly what: string;
  readonly requests: number;
  readonly perSecond: number;
  /** Milliseconds that a sender waits. */
  readonly p50: number;
  readonly p99: number;
  /** For each request; absent where the system does not report it. */
  readonly each?: {
    readonly cpuMilliseconds: Readonly<Record<Part, number>>;
    readonly runnerReads: number;
    readonly runnerWrites: number;
  };
  /** Memory of the whole stack after it, in MB. */
  readonly memory?: number;
}

const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36';

/** Sends clicks and postbacks, and keeps the IDs that no postback has used yet. */
export class BenchLoad {
  private readonly clickIds: string[] = [];
  private postbacks = 0;
  readonly meter: ProcessMeter;

  constructor(
    private readonly tracker: BenchTracker,
    runner: number,
    private readonly connections: number,
  ) {
    this.meter = new ProcessMeter(runner);
  }

  clicks(what: string, amount: number): Promise<Measurement> {
    return this.measure(what, amount, (onResponse) => ({
      method: 'GET',
      path: this.tracker.clickPath,
      headers: { 'user-agent': userAgent },
      onResponse: (status, body, _context, { location = '' } = {}) => {
        const clickId = /[?&]sub=(\w+)/.exec(location)?.[1];
        if (clickId !== undefined) this.clickIds.push(clickId);
        onResponse(status === 302 && clickId !== undefined, `${status} ${body}`);
      },
    }));
  }

  /** Sends each for a separate, existing click. Counts only recorded ones. */
  postbacksFor(what: string, amount: number): Promise<Measurement> {
    if (this.clickIds.length < amount) throw new Error(`${amount} postbacks need as many clicks before them.`);
    return this.measure(what, amount, (onResponse) => ({
      method: 'GET',
      // The last ones are in every cache, those before are not: take the oldest.
      setupRequest: (request) => ({
        ...request,
        path: this.tracker.postbackPath(this.clickIds[this.postbacks] ?? '', this.postbacks++),
      }),
      onResponse: (status, body) => onResponse(body.includes('"result":"recorded"'), `${status} ${body}`),
    }));
  }

  private async measure(
    what: string,
    amount: number,
    requestOf: (onResponse: (isGood: boolean, answer: string) => void) => Request,
  ): Promise<Measurement> {
    let good = 0;
    let wrong: string | undefined;
    let endedAt = 0;
    const request = requestOf((isGood, answer) => {
      endedAt = performance.now();
      if (isGood) good += 1;
      else wrong ??= answer;
    });
    const { url } = this.tracker;
    const before = this.meter.read();
    // A process that ends between two readings takes what it used since with it.
    const reading = setInterval(() => this.meter.read(), 1000);
    const beganAt = performance.now();
    const result = await autocannon({ url, connections: this.connections, amount, requests: [request] });
    clearInterval(reading);
    const after = this.meter.read();
    if (wrong !== undefined || result.errors > 0) {
      throw new Error(`${what}: ${result.errors} requests without an answer, and this one: ${wrong ?? 'none'}`);
    }
    return {
      what,
      requests: good,
      perSecond: Math.round((good * 1000) / (endedAt - beganAt)),
      p50: result.latency.p50,
      p99: result.latency.p99,
      ...(before !== undefined &&
        after !== undefined && {
          each: {
            cpuMilliseconds: partsOf((part) => (after.cpu[part] - before.cpu[part]) / good),
            runnerReads: hundredths((after.runnerReads - before.runnerReads) / good),
            runnerWrites: hundredths((after.runnerWrites - before.runnerWrites) / good),
          },
          memory: after.memory,
        }),
    };
  }
}

function partsOf(value: (part: Part) => number): Record<Part, number> {
  const of: Record<Part, number> = { runner: 0, functions: 0, counting: 0, storage: 0, client: 0 };
  for (const part of parts) of[part] = hundredths(value(part));
  return of;
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;
