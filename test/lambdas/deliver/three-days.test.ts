import type { Conversion } from '../../../lambdas/domain/conversion/conversion';
import { deliveryIdOf, type DeliveryId } from '../../../lambdas/domain/outbound/delivery-id';
import { isAcceptance, sinkScripts, type SinkScript } from '../../../prove/outbound/sink-scripts';
import { atLength } from '../../support/at-length';
import { newClickId } from '../adapters/support/claims';
import type { FaultRule } from '../adapters/support/wire-proxy';
import { startStorage, type Storage } from '../adapters/support/storage';
import { conversionOf } from '../domain/outbound/support';
import { Bench } from './bench';

jest.setTimeout(300_000);

let storage: Storage;

beforeAll(async () => {
  process.env['STAGE'] = 'test';
  storage = await startStorage();
});
afterAll(() => storage.stop());
beforeEach(() => storage.clear('deliveries'));
afterEach(() => storage.proxy.heal());

const second = 1000;
const hour = 3600 * second;

/** Chances that a seed repeats. */
function chancesOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Runs all that was planned to its end, under faults of storage, of the queue and of the function; the clock goes from one due time to the next. */
class Run {
  /** Runs of a delivery that died, or failed for storage: each may cost a call. */
  readonly brokenBy = new Map<string, number>();
  readonly acceptedBy = new Map<string, number>();
  calls = 0;
  /** Messages that come back, with when. */
  private back: { readonly id: DeliveryId; readonly at: number }[] = [];
  private readonly begun: number;

  constructor(
    private readonly bench: Bench,
    script: SinkScript,
    private readonly chance: () => number,
  ) {
    this.begun = bench.now;
    bench.answerTo = ({ url }) => {
      const id = new URL(url).searchParams.get('id') ?? '';
      this.calls += 1;
      const answer = script.answer(this.calls, (bench.now - this.begun) / hour);
      if (isAcceptance(answer)) this.acceptedBy.set(id, (this.acceptedBy.get(id) ?? 0) + 1);
      if (this.chance() < 0.15) throw new Error('the function is killed after its request');
      return answer;
    };
  }

  /** Stores and queues, again until the stream's batch is through. */
  async plan(conversion: Conversion): Promise<void> {
    for (let tries = 0; tries < 20; tries += 1) {
      this.bench.rejects = this.chance() < 0.3;
      this.breakSomething(0.3);
      const { failedFrom } = await this.bench.change(undefined, conversion);
      storage.proxy.heal();
      if (failedFrom === undefined) break;
    }
    this.bench.rejects = false;
  }

  async toTheEnd(ids: readonly DeliveryId[]): Promise<void> {
    const end = this.begun + 6 * 24 * hour;
    while (this.bench.now < end) {
      this.breakSomething(0.2);
      await this.bench.sweep().catch(() => undefined);
      const due = this.back.filter(({ at }) => at <= this.bench.now);
      this.back = this.back.filter(({ at }) => at > this.bench.now);
      for (const id of [...this.bench.queued.splice(0), ...due.map((one) => one.id)]) {
        await this.deliver(id, () => this.back.push({ id, at: this.bench.now + 360 * second }));
        // The queue may hand over any message twice.
        if (this.chance() < 0.1) await this.deliver(id, () => undefined);
      }
      storage.proxy.heal();
      const rows = await Promise.all(ids.map((id) => this.bench.row(id)));
      const waiting = rows.filter(({ state }) => state === 'due');
      if (waiting.length === 0) return;
      const times = [...waiting.flatMap(({ dueAt }) => dueAt ?? []), ...this.back.map(({ at }) => at)];
      // The sweep does not look at what it queued for ten minutes.
      this.bench.now = Math.max(this.bench.now + 11 * 60 * second, Math.min(...times));
    }
  }

  private async deliver(id: DeliveryId, comesBack: () => void): Promise<void> {
    await this.bench.deliver(id).catch(() => {
      this.brokenBy.set(id, (this.brokenBy.get(id) ?? 0) + 1);
      comesBack();
    });
  }

  private breakSomething(share: number): void {
    if (this.chance() >= share) return;
    const faults: readonly FaultRule['fault'][] = ['throttle', 'error', 'lose-answer'];
    const operations = ['UpdateItem', 'GetItem', 'Query', 'PutItem'];
    const one = <Value>(values: readonly Value[]): Value | undefined =>
      values[Math.floor(this.chance() * values.length)];
    const [fault = 'error', operation = 'UpdateItem'] = [one(faults), one(operations)];
    storage.proxy.break({ fault, operation, times: 1 + Math.floor(this.chance() * 3) });
  }
}

test.each(sinkScripts.map((script, index) => [script.does, script, index] as const))(
  'of a source that %s, each delivery ends with a reason, under faults and kills, and none under two IDs',
  async (_, script, index) => {
    const bench = new Bench(storage, `three-days-${index}`);
    const { query = '', template } = script;
    bench.configure({ url: `https://news.example/pb?id={delivery_id}${query}`, ...(template && { template }) });
    const run = new Run(bench, script, chancesOf(index + 1));
    const conversions = Array.from({ length: atLength(3, 2) }, () =>
      conversionOf({ clickId: newClickId(), source: bench.sourceId }),
    );
    for (const conversion of conversions) await run.plan(conversion);
    const ids = conversions.map((conversion) => deliveryIdOf(conversion, bench.sourceId, 'main', 'first'));
    await run.toTheEnd(ids);

    for (const id of ids) {
      const row = await bench.row(id);
      expect(script.ends).toContain(row.state);
      expect(row.reason).toEqual(expect.any(String));
      const times = run.acceptedBy.get(id) ?? 0;
      expect(times > 0).toBe(row.state === 'delivered');
      expect(times).toBeLessThanOrEqual(1 + (run.brokenBy.get(id) ?? 0));
    }
    expect([...run.acceptedBy.keys()].filter((id) => !ids.some((one) => one === id))).toEqual([]);
    expect(run.calls > 0).toBe(script.isSilent !== true);
  },
);
