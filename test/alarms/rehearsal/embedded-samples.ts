import * as v from 'valibot';
import { metricNamespace } from '../../../lambdas/contract';
import type { Sample } from '../evaluator/metric-samples';

const recordSchema = v.looseObject({
  _aws: v.object({
    CloudWatchMetrics: v.array(
      v.object({
        Namespace: v.string(),
        Dimensions: v.array(v.array(v.string())),
        Metrics: v.array(v.looseObject({ Name: v.string() })),
      }),
    ),
  }),
});

/** What CloudWatch takes out of a line in its embedded metric format, of our own metrics: a value for each set of dimensions. */
export function embeddedSamples(record: unknown): readonly Omit<Sample, 'at'>[] {
  const { _aws: embedded, ...fields } = v.parse(recordSchema, record);
  return embedded.CloudWatchMetrics.filter(({ Namespace }) => Namespace === metricNamespace).flatMap(
    ({ Namespace: namespace, Dimensions, Metrics }) =>
      Dimensions.flatMap((names) => {
        const dimensions = Object.fromEntries(names.map((name) => [name, v.parse(v.string(), fields[name])]));
        return Metrics.map(({ Name: name }) => ({
          namespace,
          name,
          dimensions,
          value: v.parse(v.number(), fields[name]),
        }));
      }),
  );
}
