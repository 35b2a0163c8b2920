import {
  metricDimension,
  metricNamespace,
  sourceDimension,
  sourceMetric,
  unknownSource,
  type MetricName,
  type SourceMetricName,
} from '../contract';
import { maskText } from '../domain/log/masking';
import { requireEnvironment } from './environment';
import { detailSampler } from './line-detail';

const detailLimit = 1000;

/** Lambda sets this variable to the level of the template. */
const isDetailed = detailSampler(process.env['AWS_LAMBDA_LOG_LEVEL']);

export type MetricCounts = Partial<Record<MetricName | SourceMetricName, number>>;

/** The fields of a line beside its counts: never a secret, an address, or a text whose length a sender chose. */
export type LineFields = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Writes one line for each request: its log line and, in CloudWatch's embedded metric format, its counts.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * Most lines omit `detail` under load, and none omits `fields`. Writes to stdout directly: CloudWatch does not read metrics from a line
 * of `console.log`.
 */
export function emit(counts: MetricCounts, fields: LineFields, detail: LineFields = {}): void {
  const written = isDetailed(String(fields['reason'] ?? fields['kept'] ?? 'stored'))
    ? { ...fields, ...detail }
    : fields;
  process.stdout.write(`${line(counts, written, requireEnvironment('stage'), Date.now())}\n`);
}

export function line(counts: MetricCounts, fields: LineFields, stage: string, timestamp: number): string {
  const names = Object.keys(counts);
  if (names.length === 0) return JSON.stringify(fields);
  const [ofSource, ofStage] = [names.filter(isOfSource), names.filter((name) => !isOfSource(name))];
  const directives = [
    directive([metricDimension], ofStage),
    directive([metricDimension, sourceDimension], ofSource),
  ].filter(({ Metrics }) => Metrics.length > 0);
  return JSON.stringify({
    ...fields,
    _aws: { Timestamp: timestamp, CloudWatchMetrics: directives },
    [metricDimension]: stage,
    ...(ofSource.length > 0 && { [sourceDimension]: String(fields['source'] ?? unknownSource) }),
    ...counts,
  });
}

const sourceMetrics: readonly string[] = Object.values(sourceMetric);
const isOfSource = (name: string): boolean => sourceMetrics.includes(name);

const directive = (dimensions: readonly string[], names: readonly string[]) => ({
  Namespace: metricNamespace,
  Dimensions: [dimensions],
  Metrics: names.map((name) => ({ Name: name })),
});

/**
 * Logs an internal error for on-call: its kind and its message. Messages of storage calls hold no request content; the message of an
 * unforeseen error might, so it is masked and cut like a request.
 */
export function logTrouble(what: string, error: unknown, fields: LineFields = {}): void {
  const { name, message } = error instanceof Error ? error : { name: 'unknown', message: String(error) };
  const detail = maskText(message.slice(0, detailLimit));
  process.stdout.write(`${JSON.stringify({ level: 'ERROR', what, error: name, detail, ...fields })}\n`);
}
