import { metricDimension, metricNamespace, sourceDimension, sourceMetric } from '../../../../lambdas/contract';
import * as metric from '../../../../lambdas/counters';

/** A line in CloudWatch's embedded metric format, as far as it is looked at. */
export interface EmbeddedMetrics {
  readonly _aws?: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
  readonly [field: string]: unknown;
}

export interface CapturedLines {
  /** Every line, parsed: a line that is no JSON is an error. */
  readonly records: readonly EmbeddedMetrics[];
  /** What was counted, by name, over all lines. */
  counts(): Readonly<Record<string, number>>;
  clear(): void;
  end(): void;
}

/** Takes what our functions write to standard output. */
export function capturedLines(): CapturedLines {
  let texts: string[] = [];
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    texts.push(String(chunk));
    return true;
  });
  const records = (): readonly EmbeddedMetrics[] =>
    texts
      .join('')
      .split('\n')
      .filter((text) => text !== '')
      .map((text) => JSON.parse(text) as EmbeddedMetrics);
  return {
    get records() {
      return records();
    },
    counts: () => countsIn(records()),
    clear: () => (texts = []),
    end: () => spy.mockRestore(),
  };
}

/** Adds up what embedded metrics count, and insists that each is one that the contract knows, under its dimensions. */
export function countsIn(records: readonly EmbeddedMetrics[]): Readonly<Record<string, number>> {
  const known = new Map<string, readonly string[]>([
    ...Object.values(metric).map((name) => [name, [metricDimension]] as const),
    ...Object.values(sourceMetric).map((name) => [name, [metricDimension, sourceDimension]] as const),
  ]);
  const counts: Record<string, number> = {};
  for (const record of records) {
    for (const { Namespace, Dimensions, Metrics } of record._aws?.CloudWatchMetrics ?? []) {
      expect(Namespace).toBe(metricNamespace);
      expect(record[metricDimension]).toMatch(/^\w+$/);
      for (const { Name } of Metrics) {
        expect([Name, Dimensions]).toEqual([Name, [known.get(Name)]]);
        counts[Name] = (counts[Name] ?? 0) + Number(record[Name]);
      }
    }
  }
  return counts;
}
