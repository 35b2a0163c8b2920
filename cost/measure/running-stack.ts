import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import { call } from '../../prove/stack/http';
import { StackProcess } from '../../prove/stack/process';
import { labelOf, resourcesOf } from '../template/resource';

const healthSchema = v.object({
  tables: v.array(v.object({ table: v.string(), name: v.string() })),
  queues: v.array(v.object({ queue: v.string(), url: v.string() })),
});
const operationsSchema = v.object({
  operations: v.array(
    v.object({
      function: v.string(),
      service: v.string(),
      operation: v.string(),
      count: v.number(),
      readUnits: v.number(),
      writeUnits: v.number(),
    }),
  ),
});
const metricsSchema = v.object({
  metrics: v.array(
    v.object({
      record: v.object({
        _aws: v.object({
          CloudWatchMetrics: v.array(v.object({ Metrics: v.array(v.object({ Name: v.string() })) })),
        }),
      }),
    }),
  ),
});

export type Operation = v.InferOutput<typeof operationsSchema>['operations'][number];

/** A local stack that runs, and what can be counted of it. */
export interface RunningStack {
  readonly url: string;
  /** A traffic source that accepts everything. */
  readonly sinkUrl: string;
  /** The address at which functions reach DynamoDB and the rest. */
  readonly gatewayUrl: string;
  readonly control: StackProcess['control'];
  logicalIdOf(label: string): string;
  tableName(label: string): string;
  forgetOperations(): Promise<void>;
  operations(): Promise<readonly Operation[]>;
  /** Names of the counters that were added to since a time. */
  metricsSince(time: number): Promise<readonly string[]>;
  /** Every line that a function has printed so far, once nothing more comes. */
  lines(label: string): Promise<readonly string[]>;
  stop(): Promise<void>;
}

const quietMilliseconds = 150;

/** Starts an assembly with one environment for each function, so that what is warm is warm for every request. */
export async function startStack(assembly: string, template: unknown, dataFolder: string): Promise<RunningStack> {
  const sink = await startSink();
  const stack = new StackProcess(assembly, dataFolder, 1, [sink.url]);
  await stack.start();
  const local = (method: 'GET' | 'DELETE', path: string): Promise<unknown> =>
    call(`${stack.url}/_local/${path}`, { method });
  const health = v.parse(healthSchema, await local('GET', 'health'));
  const logicalIds = resourcesOf(template).map(({ logicalId }) => logicalId);
  const must = <Value>(value: Value | undefined, what: string): Value => {
    if (value === undefined) throw new Error(`the stack has no ${what}`);
    return value;
  };
  const printed = (label: string): readonly string[] => {
    try {
      const text = readFileSync(join(dataFolder, 'logs', `${label}.log`), 'utf8');
      return text.split('\n').filter((line) => line !== '');
    } catch {
      return [];
    }
  };
  return {
    url: stack.url,
    sinkUrl: sink.url,
    gatewayUrl: new URL(must(health.queues[0], 'queue').url).origin,
    control: stack.control,
    logicalIdOf: (label) =>
      must(
        logicalIds.find((id) => labelOf(id) === label),
        label,
      ),
    tableName: (label) =>
      must(
        health.tables.find(({ table }) => table === label),
        label,
      ).name,
    forgetOperations: async () => void (await local('DELETE', 'operations')),
    operations: async () => v.parse(operationsSchema, await local('GET', 'operations')).operations,
    async metricsSince(time) {
      const { metrics } = v.parse(metricsSchema, await local('GET', `metrics?since=${time}`));
      const names = metrics.flatMap(({ record }) =>
        record._aws.CloudWatchMetrics.flatMap(({ Metrics: own }) => own.map(({ Name: name }) => name)),
      );
      return [...new Set(names)].sort();
    },
    async lines(label) {
      // A line may come a little after the answer that it is about.
      for (let before = printed(label); ;) {
        await pause(quietMilliseconds);
        const now = printed(label);
        if (now.length === before.length) return now;
        before = now;
      }
    },
    async stop() {
      await stack.stop();
      sink.close();
    },
  };
}

async function startSink(): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request, response) => request.resume().on('end', () => response.end('OK')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the traffic source has no port');
  return { url: `http://127.0.0.1:${address.port}`, close: () => void server.close() };
}
