import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, paginateGetMetricData, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { gauges, metricDimension, metricNamespace, type MetricName } from '../../../lambdas/contract';
import * as metric from '../../../lambdas/counters';
import { stackFailure } from '../../connection/aws-connection';
import type { TrackerTarget } from '../../connection/options';
import { Failure, messageOf } from '../../../operator/failure';
import {
  functionNameOf,
  longestRetry,
  occurrencesOf,
  spans,
  metricTotal,
  type SpanCounts,
  type Picture,
  type QueueState,
  type Span,
} from '../../../operator/status/picture';
import { readAlarms } from './aws-alarms';

type StackTarget = Extract<TrackerTarget, { at: 'stack' }>;

const minuteMilliseconds = 60_000;

/** Reads the picture of a tracker in AWS from its alarms and metrics, never from the tracker, which may be down. */
export async function awsPicture(target: StackTarget, at: number): Promise<Picture> {
  const { stack, region, profile } = target;
  const settings = {
    credentials: fromNodeProviderChain({ ignoreCache: true, ...(profile !== undefined && { profile }) }),
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
  };
  try {
    const formation = new CloudFormationClient(settings);
    const stage = await stageOf(formation, stack);
    const resources = await resourcesOf(formation, stack);
    const watch = new CloudWatchClient(settings);
    const [{ alarms, watched }, series] = await Promise.all([
      readAlarms(watch, stack),
      seriesOf(watch, [...counterQueries(stage), ...queueQueries(resources.queues), ...failureQueries(resources)], at),
    ]);
    const counts = countsOf(series, at);
    return {
      at: new Date(at).toISOString(),
      name: stack,
      isProduction: stage === 'prod',
      counts,
      ...failuresOf(series, resources),
      queues: queueStateOf(series, counts),
      alarms,
      alarmsWatched: watched,
      faults: [],
    };
  } catch (error) {
    throw error instanceof Failure ? error : pictureFailure(stack, error);
  }
}

/** Reads the stage from the tags of the stack; metrics have it as their dimension. */
async function stageOf(client: CloudFormationClient, stack: string): Promise<string> {
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stack })).catch((error: unknown) => {
    throw stackFailure(stack, error);
  });
  const tag = Stacks?.[0]?.Tags?.find(({ Key }) => Key === 'stage')?.Value;
  return tag ?? stack.replace(/^.*-/, '');
}

interface QueueNames {
  readonly retry?: string;
  readonly dead?: string;
}

/** The measured resources of a stack. */
interface MeasuredResources {
  readonly queues: QueueNames;
  /** Physical names of functions by their names in lib/functions.ts. */
  readonly functions: ReadonlyMap<string, string>;
  readonly apiId?: string;
}

async function resourcesOf(client: CloudFormationClient, stack: string): Promise<MeasuredResources> {
  const queues: { retry?: string; dead?: string } = {};
  const functions = new Map<string, string>();
  let apiId: string | undefined;
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName: stack })) {
    for (const { ResourceType, LogicalResourceId = '', PhysicalResourceId } of StackResourceSummaries) {
      if (PhysicalResourceId === undefined) continue;
      if (ResourceType === 'AWS::ApiGatewayV2::Api') apiId = PhysicalResourceId;
      if (ResourceType === 'AWS::Lambda::Function' && LogicalResourceId.startsWith('Functions'))
        functions.set(functionNameOf(LogicalResourceId), PhysicalResourceId);
      if (ResourceType !== 'AWS::SQS::Queue' || !LogicalResourceId.startsWith('RetryPath')) continue;
      // The physical ID of a queue is its URL, which ends in its name.
      const name = PhysicalResourceId.slice(PhysicalResourceId.lastIndexOf('/') + 1);
      if (LogicalResourceId.includes('DeadLetterQueue')) queues.dead = name;
      else if (LogicalResourceId.includes('RetryQueue')) queues.retry = name;
    }
  }
  return { queues, functions, ...(apiId !== undefined && { apiId }) };
}

const names: readonly MetricName[] = Object.values(metric);

function counterQueries(stage: string): readonly MetricDataQuery[] {
  return names.map((name) => ({
    Id: idOf(name),
    MetricStat: {
      Metric: {
        Namespace: metricNamespace,
        MetricName: name,
        Dimensions: [{ Name: metricDimension, Value: stage }],
      },
      Period: 60,
      Stat: gauges.includes(name) ? 'Maximum' : 'Sum',
    },
  }));
}

/** CloudWatch requires query IDs to begin with a small letter. */
function idOf(name: MetricName): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

/** Visible, in-flight and delayed messages: their sum is the depth of a queue. */
const depths = ['Visible', 'NotVisible', 'Delayed'] as const;
const ageId = 'retryAge';

function queueQueries({ retry, dead }: QueueNames): readonly MetricDataQuery[] {
  const query = (Id: string, MetricName: string, queue: string): MetricDataQuery => ({
    Id,
    MetricStat: {
      Metric: { Namespace: 'AWS/SQS', MetricName, Dimensions: [{ Name: 'QueueName', Value: queue }] },
      Period: 60,
      Stat: 'Maximum',
    },
  });
  const depthQueries = (which: 'retry' | 'dead', queue: string | undefined): readonly MetricDataQuery[] =>
    queue === undefined
      ? []
      : depths.map((state) => query(`${which}${state}`, `ApproximateNumberOfMessages${state}`, queue));
  return [
    ...depthQueries('retry', retry),
    ...depthQueries('dead', dead),
    ...(retry === undefined ? [] : [query(ageId, 'ApproximateAgeOfOldestMessage', retry)]),
  ];
}

const serverErrorsId = 'serverErrors';

function failureQueries({ functions, apiId }: MeasuredResources): readonly MetricDataQuery[] {
  const query = (Id: string, Namespace: string, MetricName: string, Name: string, Value: string): MetricDataQuery => ({
    Id,
    MetricStat: { Metric: { Namespace, MetricName, Dimensions: [{ Name, Value }] }, Period: 60, Stat: 'Sum' },
  });
  return [
    ...[...functions].map(([name, physical]) =>
      query(errorsIdOf(name), 'AWS/Lambda', 'Errors', 'FunctionName', physical),
    ),
    ...(apiId === undefined ? [] : [query(serverErrorsId, 'AWS/ApiGateway', '5xx', 'ApiId', apiId)]),
  ];
}

function errorsIdOf(functionName: string): string {
  return `errorsOf${functionName}`;
}

function failuresOf(
  series: Series,
  { functions }: MeasuredResources,
): Pick<Picture, 'occurrences' | 'failingFunctions' | 'serverErrors'> {
  const found = (id: string): ReturnType<typeof occurrencesOf> => occurrencesOf(series.get(id) ?? []);
  const serverErrors = found(serverErrorsId);
  return {
    occurrences: Object.fromEntries(
      names.flatMap((name) => {
        const seen = found(idOf(name));
        return seen === undefined ? [] : [[name, seen]];
      }),
    ),
    failingFunctions: [...functions.keys()].flatMap((name) => {
      const seen = found(errorsIdOf(name));
      return seen === undefined ? [] : [{ function: name, ...seen }];
    }),
    ...(serverErrors !== undefined && { serverErrors }),
  };
}

/** Returns the values of a metric by the minute, newest first. */
type Series = ReadonlyMap<string, readonly { readonly at: number; readonly value: number }[]>;

async function seriesOf(client: CloudWatchClient, queries: readonly MetricDataQuery[], at: number): Promise<Series> {
  const series = new Map<string, { at: number; value: number }[]>();
  const asked = {
    MetricDataQueries: [...queries],
    StartTime: new Date(at - Math.max(...spans) * minuteMilliseconds),
    EndTime: new Date(at),
    ScanBy: 'TimestampDescending' as const,
  };
  for await (const { MetricDataResults = [] } of paginateGetMetricData({ client }, asked)) {
    for (const { Id = '', Timestamps = [], Values = [] } of MetricDataResults) {
      const points = Timestamps.map((time, index) => ({ at: time.getTime(), value: Values[index] ?? 0 }));
      series.set(Id, [...(series.get(Id) ?? []), ...points]);
    }
  }
  return series;
}

function countsOf(series: Series, at: number): Readonly<Record<Span, SpanCounts>> {
  const within = (minutes: number): SpanCounts => {
    const counts: Partial<Record<MetricName, number>> = {};
    for (const name of names) {
      const points = (series.get(idOf(name)) ?? []).filter((point) => point.at >= at - minutes * minuteMilliseconds);
      if (points.length > 0)
        counts[name] = metricTotal(
          name,
          points.map(({ value }) => value),
        );
    }
    return counts;
  };
  return { 5: within(5), 15: within(15), 60: within(60) };
}

function queueStateOf(series: Series, counts: Picture['counts']): QueueState {
  const newest = (id: string): number => series.get(id)?.[0]?.value ?? 0;
  const depthOf = (which: 'retry' | 'dead'): number =>
    depths.reduce((sum, state) => sum + newest(`${which}${state}`), 0);
  const retry = depthOf('retry');
  return { retry, dead: depthOf('dead'), oldestRetrySeconds: longestRetry(retry, newest(ageId), counts) };
}

function pictureFailure(stack: string, error: unknown): Failure {
  const hint =
    'The AWS identity in use must be allowed cloudformation:DescribeStacks and ListStackResources, and cloudwatch:DescribeAlarms and GetMetricData; --profile takes another.';
  const message = messageOf(error).replace(/\.?\s*$/, '.');
  return new Failure('unreachable', `AWS does not describe ${stack}: ${message}`, { hint, cause: error });
}
