import * as v from 'valibot';
import { setTimeout as pause } from 'node:timers/promises';
import { chancesOf } from '../chances';
import { configureOne, saveDocument } from '../configuration';
import type { FaultRules } from '../fault-rules';
import { newDriven, type Driven } from '../load/driven';
import { play } from '../script';
import type { OutboundLoad, Scenario } from '../scenario';
import { atRest } from '../stack/at-rest';
import { call } from '../stack/http';
import type { StackProcess } from '../stack/process';
import { reconcileOutbound, type OutboundReconciliation, type ShownDelivery } from './outbound-ledger';
import { sell } from './sell';
import type { Sinks } from './sinks';

/** The result of a run, for the ledgers of postbacks and of deliveries. */
export interface OutboundRun {
  readonly driven: Driven;
  readonly outbound: OutboundReconciliation;
  /** Deliveries that still wait after the last day. */
  readonly waiting: number;
}

const hour = 3600;
const schedule = 'DispatchingSchedule';

/** Steps of the clock, which grow like the pauses of retries. Together five and a half days. */
const leaps: readonly number[] = [10, 20, 60, 300, 420, 700, 900, 1800].concat(
  Array.from({ length: 12 }, () => hour),
  Array.from({ length: 30 }, () => 4 * hour),
);
/** The share of a run in which sales are sent; the rest are the days after. */
const sellingShare = 0.3;

/** Sells under the scenario's faults, lets the days of retries pass, and compares the sinks' calls with the deliveries. */
export async function runOutbound(
  scenario: Scenario,
  load: OutboundLoad,
  stack: StackProcess,
  sinks: Sinks,
  faults: FaultRules,
  seed: number,
  report: (text: string) => void,
): Promise<OutboundRun> {
  const scripts = sinks.scripts;
  await configure(stack, sinks);
  sinks.begin(() => stack.now());
  const since = stack.now() - 1000;
  const driven = newDriven();
  let progress = 0;
  const script = play(stack, scenario.steps, () => progress, faults);
  const sources = scripts.map(({ id }) => id);
  const selling = setInterval(() => {
    progress = (driven.clickIds.length / (sources.length * load.sales)) * sellingShare;
  }, 20);
  const sales = await sell(stack, load, sources, driven, chancesOf(seed, 'sales'), chancesOf(seed, 'pauses')).finally(
    () => clearInterval(selling),
  );
  await settled(stack, sinks);
  let deliveries: readonly ShownDelivery[] = [];
  let isLoadOver = false;
  for (const [at, seconds] of leaps.entries()) {
    progress = sellingShare + (1 - sellingShare) * Math.min(1, (2 * at) / leaps.length);
    if (progress >= 1 && !isLoadOver) {
      script.loadEnded();
      await script.played;
      isLoadOver = true;
    }
    await stack.forward(seconds);
    // If a fault kills this run of the schedule, the next one does its work.
    await stack.control.runSchedule(schedule);
    await settled(stack, sinks);
    if (at % 5 === 0) report(`${Math.round(progress * 100)} %, ${sinks.calls.length} calls`);
    if (!isLoadOver) continue;
    deliveries = await readDeliveries(stack, sources, since);
    if (deliveries.every(({ state }) => state !== 'due')) break;
  }
  return {
    driven,
    outbound: reconcileOutbound({ scripts, sales, deliveries, calls: sinks.calls }),
    waiting: deliveries.filter(({ state }) => state === 'due').length,
  };
}

async function configure(stack: StackProcess, sinks: Sinks): Promise<void> {
  await configureOne(stack, { mode: 'update' });
  for (const script of sinks.scripts) {
    await saveDocument(stack, `sources/${script.id}`, {
      name: script.does,
      postbacks: (['first', 'every-change', 'each-status'] as const).map((when) => ({
        id: when,
        when,
        url: sinks.urlOf(script, when),
        ...(script.template !== undefined && { template: script.template }),
      })),
    });
  }
}

/** Longer than the maximum duration of a call to a source. */
const patienceMilliseconds = 30_000;

/** Waits until no change, message or call is in progress: the clock must not move during one. */
async function settled(stack: StackProcess, sinks: Sinks): Promise<void> {
  const deadline = Date.now() + patienceMilliseconds;
  while (Date.now() < deadline) {
    await atRest(stack.control);
    const changes = await stack.control.uncounted();
    if (changes + (await stack.control.visible('OutboundQueue')) + sinks.waiting === 0) return;
    await pause(50);
  }
}

const pageSchema = v.object({
  items: v.array(
    v.object({
      id: v.string(),
      source: v.string(),
      postback: v.string(),
      clickId: v.string(),
      conversionKey: v.string(),
      status: v.string(),
      amount: v.optional(v.string()),
      state: v.string(),
      reason: v.optional(v.string()),
    }),
  ),
  cursor: v.optional(v.string()),
});

async function readDeliveries(
  stack: StackProcess,
  sources: readonly string[],
  since: number,
): Promise<readonly ShownDelivery[]> {
  const found: ShownDelivery[] = [];
  const period = `since=${new Date(since).toISOString()}&until=${new Date(stack.now() + 1000).toISOString()}`;
  for (const source of sources) {
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const path = `deliveries?source=${source}&${period}&limit=200${after}`;
      const page: v.InferOutput<typeof pageSchema> = v.parse(pageSchema, await call(`${stack.url}/admin/v1/${path}`));
      found.push(...page.items);
      cursor = page.cursor;
    }
  }
  return found;
}
