import * as v from 'valibot';
import { sourceDimension, type MetricName } from '../../lambdas/contract';
import * as metric from '../../lambdas/counters';
import { sendPlainly } from '../api/connection';
import { Failure } from '../failure';
import {
  functionNameOf,
  longestRetry,
  occurrencesOf,
  spans,
  metricTotal,
  type SpanCounts,
  type FailingFunction,
  type InjectedFault,
  type Picture,
  type QueueState,
  type Span,
} from './picture';

const health = v.looseObject({ stack: v.string() });

const metrics = v.looseObject({
  metrics: v.array(
    v.looseObject({ at: v.number(), function: v.optional(v.string()), record: v.record(v.string(), v.unknown()) }),
  ),
  resumedAt: v.optional(v.number()),
});

const queues = v.looseObject({
  queues: v.array(
    v.looseObject({ queue: v.string(), visible: v.number(), notVisible: v.number(), delayed: v.number() }),
  ),
});

const faults = v.looseObject({
  faults: v.array(
    v.looseObject({
      kind: v.string(),
      hits: v.number(),
      table: v.optional(v.string()),
      queue: v.optional(v.string()),
      service: v.optional(v.string()),
      function: v.optional(v.string()),
    }),
  ),
});

type MetricRecord = v.InferOutput<typeof metrics>['metrics'][number];

const minuteMilliseconds = 60_000;
/** Maximum records of the local stack, which drops the oldest. */
const rememberedRecords = 5000;

/** Reads the picture of a tracker on this machine from its control routes. */
export async function localPicture(url: string, at: number): Promise<Picture> {
  const since = at - Math.max(...spans) * minuteMilliseconds;
  const [{ stack }, counted, depths, active] = await Promise.all([
    ask(url, 'health', health),
    ask(url, `metrics?since=${since}`, metrics),
    ask(url, 'queues', queues),
    ask(url, 'faults', faults),
  ]);
  const countedSince = countedSinceOf(counted.metrics, counted.resumedAt, since);
  const counts = countsOfRecords(counted.metrics, at);
  return {
    at: new Date(at).toISOString(),
    name: url,
    isProduction: stack.endsWith('-prod'),
    counts,
    occurrences: occurrencesOfRecords(counted.metrics),
    sources: sourcesOfRecords(counted.metrics),
    failingFunctions: failingFunctionsOf(counted.metrics),
    queues: queueState(depths.queues, counts),
    alarms: [],
    alarmsWatched: 0,
    faults: active.faults.map(faultOf),
    ...(countedSince !== undefined && { countedSince: new Date(countedSince).toISOString() }),
  };
}

/** From when counters are whole, where they do not reach back to `since`: the stack forgets the oldest, and all when it ends. */
export function countedSinceOf(
  records: readonly MetricRecord[],
  resumedAt: number | undefined,
  since: number,
): number | undefined {
  const oldest = records.length >= rememberedRecords ? records[0]?.at : undefined;
  const latest = Math.max(oldest ?? since, resumedAt ?? since);
  return latest > since ? latest : undefined;
}

async function ask<Answer>(url: string, what: string, schema: v.GenericSchema<unknown, Answer>): Promise<Answer> {
  const response = await sendPlainly({ method: 'GET', url: new URL(`${url}/_local/${what}`), headers: {} });
  const reading = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), await response.text());
  if (response.ok && reading.success) return reading.output;
  throw new Failure('unreachable', `${url} does not answer as a local tracker does.`, {
    hint: 'Is it the tracker of "npm start"? For one in AWS give --stage or --stack instead of a URL.',
  });
}

const names: readonly MetricName[] = Object.values(metric);

/** Adds up the counters of the records of each span. */
export function countsOfRecords(records: readonly MetricRecord[], at: number): Readonly<Record<Span, SpanCounts>> {
  const within = (minutes: number): SpanCounts => {
    const counts: Partial<Record<MetricName, number>> = {};
    for (const { record } of records.filter((one) => one.at > at - minutes * minuteMilliseconds)) {
      for (const name of names) {
        const number = record[name];
        if (typeof number === 'number') counts[name] = metricTotal(name, [counts[name] ?? 0, number]);
      }
    }
    return counts;
  };
  return { 5: within(5), 15: within(15), 60: within(60) };
}

/** The first and last count of each counter. */
function occurrencesOfRecords(records: readonly MetricRecord[]): Picture['occurrences'] {
  return Object.fromEntries(
    names.flatMap((name) => {
      const found = occurrencesOf(pointsOf(records, name));
      return found === undefined ? [] : [[name, found]];
    }),
  );
}

/** The sources of each counter, the latest first: a line that counts for a source names it. */
export function sourcesOfRecords(records: readonly MetricRecord[]): NonNullable<Picture['sources']> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const found = records.flatMap(({ record: { [name]: count, [sourceDimension]: source } }) =>
        typeof count === 'number' && typeof source === 'string' ? [source] : [],
      );
      return found.length === 0 ? [] : [[name, [...new Set(found.toReversed())]]];
    }),
  );
}

/** The local stack counts failed invocations under the name of Lambda's metric. */
function failingFunctionsOf(records: readonly MetricRecord[]): readonly FailingFunction[] {
  const failed = records.filter(({ record }) => typeof record['Errors'] === 'number');
  const labels = [...new Set(failed.map(({ function: label = 'unknown' }) => label))];
  return labels.flatMap((label) => {
    const found = occurrencesOf(
      pointsOf(
        failed.filter((one) => one.function === label),
        'Errors',
      ),
    );
    return found === undefined ? [] : [{ function: functionNameOf(label), ...found }];
  });
}

function pointsOf(records: readonly MetricRecord[], name: string): readonly { at: number; value: number }[] {
  return records.flatMap(({ at, record }) => {
    const value = record[name];
    return typeof value === 'number' ? [{ at, value }] : [];
  });
}

function queueState(depths: v.InferOutput<typeof queues>['queues'], counts: Picture['counts']): QueueState {
  const depthOf = (name: string): number =>
    depths
      .filter(({ queue }) => queue === name)
      .reduce((sum, { visible, notVisible, delayed }) => sum + visible + notVisible + delayed, 0);
  const retry = depthOf('RetryPathRetryQueue');
  const oldestRetrySeconds = longestRetry(retry, 0, counts);
  return { retry, dead: depthOf('RetryPathDeadLetterQueue'), ...(oldestRetrySeconds > 0 && { oldestRetrySeconds }) };
}

function faultOf({
  kind,
  hits,
  table,
  queue,
  service,
  function: of,
}: v.InferOutput<typeof faults>['faults'][number]): InjectedFault {
  const on = table ?? queue ?? service ?? 'every call';
  return { kind, hits, on: of === undefined ? on : `${on} for ${of}` };
}
