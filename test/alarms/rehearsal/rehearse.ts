import * as metric from '../../../lambdas/counters';
import type { FaultRule } from '../../../local/wire/faults';
import type { LocalStack } from '../../e2e/local-stack';
import { MetricSamples, type MetricQuery, type Sample } from '../evaluator/metric-samples';
import { simulate } from '../evaluator/simulate';
import type { TemplateAlarm } from '../evaluator/template-alarms';
import { observe, queriesOf, type Answered, type ObservedMinute } from './observe';

/** A stretch of time in which every minute is like the one that is lived through on the stack. */
export interface Phase {
  readonly minutes: number;
  readonly faults?: readonly FaultRule[];
  readonly act: () => Promise<readonly Answered[]>;
}

/** `+2 ClicksFailing ALARM > page`: minutes since the second phase, the incident, began. */
export type Told = string;

const minute = 60_000;
const hour = 60 * minute;
const begin = Date.UTC(2026, 10, 23, 3);

/**
 * Lives one minute of each phase on the running stack, lets CloudWatch's clock run over as many such minutes as the phases have, and
 * answers who was told what.
 * @param watchdog whether it still runs, without an error, once the incident began, and what it counts then
 */
export async function rehearse(
  stack: LocalStack,
  alarms: readonly TemplateAlarm[],
  phases: readonly Phase[],
  watchdog: { readonly runs?: boolean; readonly found?: number } = {},
): Promise<readonly Told[]> {
  const observed: ObservedMinute[] = [];
  for (const { faults = [], act, minutes } of phases) {
    const lived = await observe(stack, alarms, faults, act);
    observed.push(...Array<ObservedMinute>(minutes).fill(lived));
  }
  const incident = begin + (phases[0]?.minutes ?? 0) * minute;
  const end = begin + observed.length * minute;
  const beats = [
    ...runsOfWatchdog(queriesOf(alarms), begin - 6 * hour, watchdog.runs === false ? incident : end),
    ...countsOfWatchdog(queriesOf(alarms), watchdog.found ?? 0, incident, end),
  ];
  const samples = [...observed.flatMap(samplesAt), ...queueSamples(queriesOf(alarms), observed), ...beats];
  const { notifications } = simulate(alarms, {
    from: begin,
    until: end,
    samples: new MetricSamples(samples),
    quotas: { running: 1000 },
  });
  return notifications.map(({ at, alarm, to, topic }) => {
    const [name, severity] = [alarm.replace(/^.*Alarms/, ''), topic.replace(/^.*Topics?/, '').toLowerCase()];
    return `${at >= incident ? '+' : ''}${(at - incident) / minute} ${name} ${to} > ${severity}`;
  });
}

function samplesAt({ samples }: ObservedMinute, index: number): readonly Sample[] {
  return samples.map((sample) => ({ ...sample, at: begin + index * minute + minute / 2 }));
}

/** Lambda counts errors with each run, 0 included. */
function runsOfWatchdog(queries: readonly MetricQuery[], from: number, until: number): readonly Sample[] {
  const errors = queries.filter(
    ({ namespace, name, dimensions }) =>
      namespace === 'AWS/Lambda' && name === 'Errors' && String(dimensions['FunctionName']).includes('Watchdog'),
  );
  return errors.flatMap((query) => hourlySamples(query, 0, from, until));
}

/** The watchdog sends no number where it found no integration. */
function countsOfWatchdog(
  queries: readonly MetricQuery[],
  found: number,
  from: number,
  until: number,
): readonly Sample[] {
  if (found === 0) return [];
  const counted = queries.filter(({ name }) => name === metric.silentIntegrations);
  return counted.flatMap((query) => hourlySamples(query, found, from, until));
}

function hourlySamples(query: MetricQuery, value: number, from: number, until: number): readonly Sample[] {
  const count = Math.ceil((until - from) / hour);
  return Array.from({ length: count }, (_, index) => ({ ...query, at: from + index * hour + 5 * minute, value }));
}

/** What SQS measures. The local queue lives through one minute of each phase only, so that the age of what waits is added up here. */
function queueSamples(queries: readonly MetricQuery[], observed: readonly ObservedMinute[]): readonly Sample[] {
  let ageSeconds = 0;
  return observed.flatMap(({ waiting, finished, deadLetters }, index) => {
    ageSeconds = waiting > 0 && finished === 0 ? ageSeconds + 60 : 0;
    const values: Readonly<Record<string, readonly [retryQueue: number, deadLetterQueue: number]>> = {
      ApproximateNumberOfMessagesVisible: [waiting, deadLetters],
      ApproximateAgeOfOldestMessage: [ageSeconds, 0],
      NumberOfMessagesDeleted: [finished, 0],
    };
    return queries
      .filter(({ namespace }) => namespace === 'AWS/SQS')
      .flatMap(({ namespace, name, dimensions }) => {
        const [retryQueue, deadLetterQueue] = values[name] ?? [0, 0];
        const queue = String(dimensions['QueueName']);
        // No delivery is rehearsed.
        const [ofRetries, ofDeadLetters] = queue.includes('Outbound') ? [0, 0] : [retryQueue, deadLetterQueue];
        const value = queue.endsWith('RetryQueue') ? ofRetries : ofDeadLetters;
        return [{ namespace, name, dimensions, at: begin + index * minute, value }];
      });
  });
}
