import { metricNamespace } from '../../../lambdas/contract';
import * as metric from '../../../lambdas/counters';
import type { MetricRecord } from '../../../local/lambda/metric-log';
import type { ActiveFault, FaultRule } from '../../../local/wire/faults';
import { eventually } from '../../e2e/eventually';
import type { LocalStack } from '../../e2e/local-stack';
import { metricKey, type MetricQuery, type Sample } from '../evaluator/metric-samples';
import type { TemplateAlarm } from '../evaluator/template-alarms';
import { embeddedSamples } from './embedded-samples';

/** A request that was made, and what it was answered with. */
export interface Answered {
  readonly route: 'click' | 'postback';
  readonly status: number;
}

/** What CloudWatch would have been told in one minute; the timeline says which. */
export interface ObservedMinute {
  readonly samples: readonly Omit<Sample, 'at'>[];
  /** Messages in the retry queue at the end of it, and those that were finished. */
  readonly waiting: number;
  readonly finished: number;
  readonly deadLetters: number;
}

/**
 * Lets things happen on a running stack and takes down what CloudWatch would have been told of them: the metrics that our functions
 * wrote, what the API's access log would have counted, and what AWS itself would have measured.
 */
export async function observe(
  stack: LocalStack,
  alarms: readonly TemplateAlarm[],
  faults: readonly FaultRule[],
  act: () => Promise<readonly Answered[]>,
): Promise<ObservedMinute> {
  const [known, before] = [(await stack.metrics()).length, await stack.queued()];
  await stack.forgetOperations();
  if (faults.length > 0) await stack.break(...faults);
  const answers = await act();
  const records = await metricsOf(stack, known, answers);
  const active = await stack.faults();
  await stack.heal();
  const sent = (await stack.operations())
    .filter(({ operation, target }) => operation === 'SendMessage' && target.endsWith('RetryQueue'))
    .reduce((sum, { count, failed }) => sum + count - failed, 0);
  const after = await stack.queued();
  return {
    samples: [
      ...records.flatMap(({ record }) => embeddedSamples(record)),
      ...accessLogSamples(answers),
      ...queriesOf(alarms).flatMap((query) => platformSample(query, answers, active)),
    ],
    waiting: after.retry,
    finished: Math.max(0, before.retry + sent - after.retry),
    deadLetters: after.dead,
  };
}

/** A function writes its line before it answers; the stack reads it from the function's output a moment later. */
async function metricsOf(
  stack: LocalStack,
  known: number,
  answers: readonly Answered[],
): Promise<readonly MetricRecord[]> {
  // A function that died, or was never called, has no line: the API answers 500 in its place.
  const expected = answers.filter(({ status }) => status !== 500).length;
  return eventually('the metrics of all requests', async () => {
    const records = (await stack.metrics()).slice(known);
    const counted = records
      .flatMap(({ record }) => embeddedSamples(record))
      .filter(({ name }) => received.includes(name))
      .reduce((sum, { value }) => sum + value, 0);
    return counted >= expected && records;
  });
}

const received: readonly string[] = [
  metric.postbackReceived,
  metric.postbackAuthenticationFailed,
  metric.postbackUnidentified,
  metric.clickReceived,
  metric.clickFailed,
  metric.clickUnserved,
];

/** The metric filters of the API's access log count what callers were answered. */
function accessLogSamples(answers: readonly Answered[]): readonly Omit<Sample, 'at'>[] {
  return (['click', 'postback'] as const).flatMap((route) => {
    const value = answers.filter((answer) => answer.route === route && answer.status >= 500).length;
    const name = route === 'click' ? 'ClickServerErrors' : 'PostbackServerErrors';
    return value === 0 ? [] : [{ namespace: `${metricNamespace}/prod`, name, dimensions: {}, value }];
  });
}

/** What AWS measures, as far as the local stack knows it: faults that it put in the way, and answers. */
function platformSample(
  { namespace, name, dimensions }: MetricQuery,
  answers: readonly Answered[],
  faults: readonly ActiveFault[],
): readonly Omit<Sample, 'at'>[] {
  const { TableName: table = '', FunctionName: by = '' } = dimensions;
  const hits = (matches: (fault: ActiveFault) => boolean): number =>
    faults.filter(matches).reduce((sum, fault) => sum + fault.hits, 0);
  const throttled = (reads: boolean): number =>
    hits(
      (fault) =>
        fault.kind === 'throttle' && fault.table === table && (fault.operation?.startsWith('Get') ?? false) === reads,
    );
  const values: Readonly<Record<string, () => number>> = {
    'AWS/ApiGateway 5xx': () => answers.filter(({ status }) => status >= 500).length,
    'AWS/Lambda Errors': () => hits((fault) => fault.kind === 'kill' && fault.function === by),
    'AWS/DynamoDB WriteThrottleEvents': () => throttled(false),
    'AWS/DynamoDB ReadThrottleEvents': () => throttled(true),
  };
  const value = values[`${namespace} ${name}`]?.() ?? 0;
  return value === 0 ? [] : [{ namespace, name, dimensions, value }];
}

/** Every metric that some alarm looks at, once. */
export function queriesOf(alarms: readonly TemplateAlarm[]): readonly MetricQuery[] {
  const queries = alarms.flatMap((alarm) => (alarm.kind === 'metric' ? [...alarm.metrics.values()] : []));
  return [...new Map(queries.map((query) => [metricKey(query), query])).values()];
}
