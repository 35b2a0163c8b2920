import { emit, line } from '../../../lambdas/adapters/metrics';
import {
  metricDimension,
  metricNamespace,
  sourceDimension,
  sourceMetric,
  unknownSource,
} from '../../../lambdas/contract';
import * as metric from '../../../lambdas/counters';
import { capturedLines, type EmbeddedMetrics } from './support/captured-lines';

test.each(Object.values(metric))('a line that counts %s names it once, with the stage as its one dimension', (name) => {
  const record: EmbeddedMetrics = JSON.parse(line({ [name]: 2 }, { requestId: 'r' }, 'prod', 1_700_000_000_000));

  expect(record).toEqual({
    _aws: {
      Timestamp: 1_700_000_000_000,
      CloudWatchMetrics: [{ Namespace: metricNamespace, Dimensions: [[metricDimension]], Metrics: [{ Name: name }] }],
    },
    [metricDimension]: 'prod',
    [name]: 2,
    requestId: 'r',
  });
});

test.each(Object.values(sourceMetric))(
  '%s is counted once, by stage and source; what else a line counts, by the stage',
  (name) => {
    const counts = { [metric.sourceSuspended]: 1, [name]: 1 };
    const record: EmbeddedMetrics = JSON.parse(line(counts, { source: 'news' }, 'prod', 0));

    expect(record._aws?.CloudWatchMetrics).toEqual([
      { Namespace: metricNamespace, Dimensions: [[metricDimension]], Metrics: [{ Name: metric.sourceSuspended }] },
      { Namespace: metricNamespace, Dimensions: [[metricDimension, sourceDimension]], Metrics: [{ Name: name }] },
    ]);
    expect(record).toMatchObject({ [metricDimension]: 'prod', [sourceDimension]: 'news', [name]: 1 });
  },
);

test.each(Object.values(sourceMetric))(
  '%s has a source even where none is known: without the dimension it would be lost',
  (name) => {
    expect(JSON.parse(line({ [name]: 1 }, {}, 'prod', 0))).toMatchObject({ [sourceDimension]: unknownSource });
  },
);

test('a line that counts nothing is a plain log line: an empty metric would be rejected', () => {
  expect(JSON.parse(line({}, { kind: 'click' }, 'prod', 0))).toEqual({ kind: 'click' });
});

test('no field of a line can stand in the place of a count or of the stage', () => {
  const fields = { [metric.clickReceived]: 'many', [metricDimension]: 'other', _aws: 'none' };

  expect(JSON.parse(line({ [metric.clickReceived]: 1 }, fields, 'prod', 0))).toMatchObject({
    [metric.clickReceived]: 1,
    [metricDimension]: 'prod',
    _aws: { Timestamp: 0 },
  });
});

test('an emitted record is one line of standard output, whatever its fields hold', () => {
  process.env['STAGE'] = 'prod';
  const captured = capturedLines();
  emit({ [metric.clickReceived]: 1 }, { campaign: 'two\nlines "quoted"', offer: undefined });
  captured.end();

  expect(captured.records).toEqual([expect.objectContaining({ campaign: 'two\nlines "quoted"', Stage: 'prod' })]);
});
