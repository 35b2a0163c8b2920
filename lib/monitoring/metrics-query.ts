/** A query of CloudWatch Metrics Insights that adds up a counter for each value of a dimension. */
export interface MetricsQuery {
  readonly namespace: string;
  readonly name: string;
  /** Every dimension of the counter: those of another set do not match. */
  readonly dimensions: readonly string[];
  /** The dimension that is the same for all, with its value. */
  readonly where: readonly [dimension: string, value: string];
  /** The dimension whose values are the contributors of an alarm. */
  readonly groupBy: string;
}

/** An alarm on a query evaluates no older data. */
export const queriedSeconds = 3 * 3600;

/**
 * Writes a query for an alarm, which has to group and order. Dimensions are quoted: CloudWatch reserves many words.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html
 */
export function writeMetricsQuery({ namespace, name, dimensions, where, groupBy }: MetricsQuery): string {
  const schema = [namespace, ...dimensions.map(quoted)].join(', ');
  const [dimension, value] = where;
  return `SELECT SUM(${name}) FROM SCHEMA(${schema}) WHERE ${quoted(dimension)} = '${value}' GROUP BY ${quoted(groupBy)} ORDER BY SUM() DESC`;
}

const quoted = (dimension: string): string => `"${dimension}"`;

const written =
  /^SELECT SUM\((\w+)\) FROM SCHEMA\((\w+)((?:, "\w+")+)\) WHERE "(\w+)" = '([\w-]+)' GROUP BY "(\w+)" ORDER BY SUM\(\) DESC$/;

/** Reads a query that `writeMetricsQuery` wrote; undefined for any other expression. */
export function readMetricsQuery(expression: string): MetricsQuery | undefined {
  const [, name, namespace, dimensions, dimension, value, groupBy] = written.exec(expression) ?? [];
  if (name === undefined || namespace === undefined || dimension === undefined) return undefined;
  if (value === undefined || groupBy === undefined) return undefined;
  return {
    namespace,
    name,
    dimensions: [...(dimensions ?? '').matchAll(/\w+/g)].map(([word]) => word),
    where: [dimension, value],
    groupBy,
  };
}
