import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { startLocalStack } from '../../test/e2e/local-stack';
import { setUpTracker, type BenchTracker } from './tracker';

/** The wait of other sources' conversions while one source hangs that has many of them queued. */
export interface Isolation {
  /** Deliveries queued for the source that hangs. */
  readonly queued: number;
  readonly others: number;
  /** Conversions of the others, and the milliseconds from the answer to the sender until the source is called. */
  readonly conversions: number;
  readonly p50: number;
  readonly p95: number;
  readonly longest: number;
  /** The same without a source that hangs. */
  readonly undisturbed: { readonly p50: number; readonly p95: number };
  /** Calls of the one that hangs. */
  readonly hangingCalls: number;
}

const hanging = 'hanging';
const others = Array.from({ length: 9 }, (_, at) => `other${at}`);
const answerMilliseconds = 100;
/** As many runs of a function as the queue's event source allows. */
const concurrency = 10;
const senders = 16;
/** Longer than it takes to record them all. */
const heldMilliseconds = 40_000;

/** Queues deliveries of a source that never answers, and measures how long those of nine others wait from then on. */
export async function isolation(assembly: string, queued: number, seconds: number): Promise<Isolation> {
  const arrivals = new Map<string, number>();
  let hangingCalls = 0;
  const sink = createServer((request, response) => {
    const [, source = '', id = ''] = (request.url ?? '').split('/');
    if (source === hanging) {
      hangingCalls += 1;
      return;
    }
    if (!arrivals.has(id)) arrivals.set(id, performance.now());
    setTimeout(() => response.end('OK'), answerMilliseconds);
  });
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  const address = sink.address();
  const sinkUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const stack = await startLocalStack({ assembly, concurrency, allowedDestinations: [sinkUrl] });
  try {
    const tracker = await setUpTracker(stack.url);
    for (const source of [hanging, ...others]) await putSource(stack.url, source, sinkUrl);
    const sentAt = new Map<string, number>();
    let number = 0;
    const convert = async (source: string): Promise<void> => {
      number += 1;
      const id = `${source}-${number}`;
      await sendConversion(tracker, source, id, number);
      sentAt.set(id, performance.now());
    };
    const atATime = async (): Promise<readonly number[]> => {
      sentAt.clear();
      for (let second = 0; second < seconds; second += 1) {
        const next = delay(1000);
        for (const source of others) await convert(source);
        await next;
      }
      await until(() => [...sentAt.keys()].every((id) => arrivals.has(id)));
      return [...sentAt].map(([id, at]) => (arrivals.get(id) ?? Infinity) - at).sort((left, right) => left - right);
    };
    await atATime();
    const undisturbed = await atATime();

    // The changes are held on their way until all are there, and are queued within seconds then.
    await stack.break({ kind: 'hold', function: 'FunctionsDispatch', delayMs: heldMilliseconds, count: 1 });
    await Promise.all(
      Array.from({ length: senders }, async (_, sender) => {
        for (let at = sender; at < queued; at += senders) await convert(hanging);
      }),
    );
    await until(() => hangingCalls > 0);
    const disturbed = await atATime();
    return {
      queued,
      others: others.length,
      conversions: disturbed.length,
      ...figuresOf(disturbed),
      longest: Math.round(disturbed.at(-1) ?? 0),
      undisturbed: figuresOf(undisturbed),
      hangingCalls,
    };
  } finally {
    await stack.remove();
    sink.closeAllConnections();
    await new Promise<void>((resolve) => sink.close(() => resolve()));
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; waited < 1200 && !holds(); waited += 1) await delay(50);
}

function figuresOf(sorted: readonly number[]): { readonly p50: number; readonly p95: number } {
  const at = (share: number): number => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
  return { p50: at(0.5), p95: at(0.95) };
}

async function putSource(url: string, source: string, sinkUrl: string): Promise<void> {
  const postbacks = [{ id: 'main', when: 'first', url: `${sinkUrl}/${source}/{external_id}` }];
  const response = await fetch(`${url}/admin/v1/sources/${source}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: source, postbacks }),
  });
  if (!response.ok) throw new Error(`PUT ${source}: ${await response.text()}`);
}

async function sendConversion(tracker: BenchTracker, source: string, id: string, number: number): Promise<void> {
  const path = `/c/bench?source=${source}&external_id=${id}`;
  const click = await fetch(tracker.url + path, { redirect: 'manual', headers: { 'user-agent': 'Mozilla/5.0' } });
  const clickId = /[?&]sub=(\w+)/.exec(click.headers.get('location') ?? '')?.[1];
  if (clickId === undefined) throw new Error(`a click answered ${click.status}`);
  const { status } = await fetch(tracker.url + tracker.postbackPath(clickId, number));
  if (status !== 200) throw new Error(`a postback answered ${status}`);
}
