import { setTimeout as pause } from 'node:timers/promises';
import type { FlowMeasured, Measured } from '../measured';
import type { Operation, RunningStack } from './running-stack';
import { measureDelivery } from './measure-delivery';
import { makeCampaign, type MeasuredAnswer, type MeasuredCampaign } from './senders';
import { measuredTables, type Tables } from './tables';
import { undisturbed, type FlowSample } from './undisturbed';

/** Fewer than the lines a second that are logged with every detail, so that the logs are measured at their longest. */
const few = 8;
const slow = 3;
const flood = 300;
const rows = 100;

const functionLabels = ['FunctionsClick', 'FunctionsPostback', 'FunctionsRetry'];

/** Sends what visitors and senders send to a running stack and counts what it makes of the services. */
export async function measure(stack: RunningStack): Promise<Measured> {
  const tables = measuredTables(stack);
  const campaign = await makeCampaign(stack.url);
  // Each function reads its secret and its configuration once, and notes that the key is in use.
  await campaign.postback(sale((await campaign.click()).clickId));
  const take = (ids = few): Promise<string[]> => repeat(ids, async () => (await campaign.click()).clickId);
  const counted = (units: number, touched: readonly string[], send: () => Promise<readonly MeasuredAnswer[]>) =>
    count({ stack, tables, units, touched, send });
  const each = (ids: readonly string[], fields: (clickId: string) => Record<string, string>) =>
    counted(ids.length, ids, () => inTurn(ids, (id) => campaign.postback(fields(id))));

  const click = await countClicks(stack, tables, campaign);
  const known = await take();
  const { flow: recorded } = await each(known, sale);
  const { flow: statusChange } = await each(known, (id) => ({ ...sale(id), status: 'rejected' }));
  const repeated = await take();
  await inTurn(repeated, (id) => campaign.postback(sale(id)));
  const { flow: duplicate } = await each(repeated, sale);
  const { flow: rejected } = await each(await take(), (id) => ({ ...sale(id), amount: '12,50' }));
  const [fault] = await stack.control.addFaults([
    {
      kind: 'throttle',
      service: 'dynamodb',
      operation: 'PutItem',
      table: 'TablesConversions',
      function: 'FunctionsPostback',
    },
  ]);
  // Each of these waits until the function gives the table up.
  const queued = await undisturbed('queued', async () => each(await take(slow), sale));
  if (fault !== undefined) await stack.control.removeFault(fault);
  const batchRow = await undisturbed('batchRow', async () => {
    const batched = await take();
    return counted(rows, batched, async () => [
      await campaign.batch(
        Array.from({ length: rows }, (_, at) => ({ ...sale(batched[at % few] ?? ''), txid: `B-2026-${100_000 + at}` })),
      ),
    ]);
  });
  const { flow: forged } = await counted(flood, [], () =>
    repeat(flood, () => campaign.strangersPostback(sale('0'.repeat(32)))),
  );
  const delivery = await measureDelivery(stack, tables, campaign, sale);
  return {
    flows: { click, recorded, statusChange, duplicate, rejected, forged, queued, batchRow },
    delivery,
    daysKept: tables.daysKept(),
  };
}

/** A network's usual postback. */
const sale = (clickid: string): Record<string, string> => ({
  clickid,
  amount: '12.50',
  currency: 'USD',
  status: 'approved',
  event: 'sale',
  txid: `A-2026-${clickid.slice(-6)}`,
});

interface Counting {
  readonly stack: RunningStack;
  readonly tables: Tables;
  /** Requests, or rows of a batch: the unit of the figures. */
  readonly units: number;
  /** Click IDs whose conversions may grow. */
  readonly touched: readonly string[];
  send(): Promise<readonly MeasuredAnswer[]>;
}

async function count({ stack, tables, units, touched, send }: Counting): Promise<FlowSample> {
  const conversionBytes = async (): Promise<number> => sum(await inTurn(touched, tables.conversionBytes));
  const before = { conversions: await conversionBytes(), log: await tables.logBytes(), lines: await linesOf(stack) };
  const since = Date.now();
  await stack.forgetOperations();
  const answers = await send();
  await drained(stack);
  const operations = (await stack.operations()).filter(({ function: by }) => functionLabels.includes(by));
  const lines = (await linesOf(stack)).map((all, at) => all.slice(before.lines[at]?.length));
  const retryLines = lines[functionLabels.indexOf('FunctionsRetry')] ?? [];
  const deliveries = retryLines.length;
  const called = answers.length === 0 ? 0 : answers.length / units;
  const per = (total: number): number => Number((total / units).toFixed(2));
  const bytesPer = (total: number): number => Math.round(total / units);
  const kept = {
    TablesConversions: bytesPer((await conversionBytes()) - before.conversions),
    TablesPostbackLog: bytesPer((await tables.logBytes()) - before.log),
  };
  const flow = {
    apiRequests: called,
    invocations: {
      FunctionsPostback: called,
      // Each message may come alone.
      ...(deliveries > 0 && { FunctionsRetry: per(deliveries) }),
    },
    ...unitsOf(operations, per),
    deliveries: per(deliveries),
    logLines: per(lines.flat().length),
    logBytes: bytesPer(sum(lines.flat().map((line) => Buffer.byteLength(line)))),
    responseBytes: bytesPer(sum(answers.map(({ bytes }) => bytes))),
    itemBytes: Object.fromEntries(Object.entries(kept).filter(([, bytes]) => bytes > 0)),
    metrics: [...(await stack.metricsSince(since))],
  };
  return { flow, troubles: retryLines.filter((line) => line.includes('"level":"ERROR"')) };
}

async function countClicks(stack: RunningStack, tables: Tables, campaign: MeasuredCampaign): Promise<FlowMeasured> {
  const clickIds: string[] = [];
  const { flow } = await count({
    stack,
    tables,
    units: few,
    touched: [],
    send: () =>
      repeat(few, async () => {
        const answer = await campaign.click();
        clickIds.push(answer.clickId);
        return answer;
      }),
  });
  const bytes = Math.round(sum(await inTurn(clickIds, tables.clickBytes)) / few);
  return { ...flow, invocations: { FunctionsClick: 1 }, itemBytes: { TablesClicks: bytes } };
}

function unitsOf(operations: readonly Operation[], per: (total: number) => number) {
  return {
    readUnits: per(sum(operations.map(({ readUnits }) => readUnits))),
    writeUnits: per(sum(operations.map(({ writeUnits }) => writeUnits))),
    queueRequests: per(sum(operations.filter(({ service }) => service === 'sqs').map(({ count: times }) => times))),
  };
}

const linesOf = (stack: RunningStack): Promise<(readonly string[])[]> =>
  Promise.all(functionLabels.map((label) => stack.lines(label)));

async function drained(stack: RunningStack): Promise<void> {
  while ((await stack.control.waiting('RetryPathRetryQueue')) > 0) await pause(100);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

async function inTurn<From, To>(values: readonly From[], ask: (value: From) => Promise<To>): Promise<To[]> {
  const answers: To[] = [];
  for (const value of values) answers.push(await ask(value));
  return answers;
}

const repeat = <To>(times: number, ask: () => Promise<To>): Promise<To[]> => inTurn(Array.from({ length: times }), ask);
